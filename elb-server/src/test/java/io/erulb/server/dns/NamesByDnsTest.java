package io.erulb.server.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.routing.LiveRouting;
import io.erulb.routing.Resolver;
import io.erulb.routing.RoutingChange;
import io.erulb.routing.RoutingOptions;
import io.erulb.routing.TableChange;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Servers by names that a DNS server knows: what of its answers is in force, and when it is asked again. */
@Timeout(60)
class NamesByDnsTest {
    /** Between look-ups that fail, at most. */
    private static final Duration OFTEN = Duration.ofMillis(50);

    private final BlockingQueue<TableChange> published = new ArrayBlockingQueue<>(100);
    private FakeDns dns;
    private LiveRouting routing;

    @BeforeEach
    void open() throws Exception {
        dns = FakeDns.open();
        Resolver none = host -> {
            throw new UnknownHostException(host);
        };
        Resolver resolver = new DnsResolver(dns::conf, DnsResolverTest.noHosts(), none, DnsResolverTest.QUICKLY);
        routing = LiveRouting.create(RoutingOptions.defaults().withResolver(resolver, OFTEN));
    }

    @AfterEach
    void close() {
        routing.close();
        dns.close();
    }

    /** Returns when so many addresses of the hosts are told to be in force, however long the first answers take. */
    private void applyUntil(int addresses, String... hosts) throws InterruptedException {
        RoutingChange.Builder change = RoutingChange.builder();
        for (String host : hosts) {
            change.putServer("up", host + ":81", "");
        }
        routing.onPublish(published::offer);
        routing.apply(change.build());
        while (nextTable().after().upstream("up").peers().size() < addresses) {}
    }

    private List<String> addresses() {
        return routing.current().upstream("up").peers().stream()
                .map(peer -> peer.address().getAddress().getHostAddress())
                .toList();
    }

    @Test
    void aServerIsAskedAgainWhenTheTtlIsOverAndNotBefore() throws Exception {
        dns.put("second.test", "1 A 127.0.0.1").put("hour.test", "3600 A 127.0.0.2");
        applyUntil(2, "second.test", "hour.test");

        List<FakeDns.Query> queries = dns.until("second.test", 3);

        List<Long> times = queries.stream()
                .filter(query -> query.name().equals("second.test") && query.type() == Type.A)
                .map(FakeDns.Query::nanos)
                .toList();
        long second = TimeUnit.SECONDS.toNanos(1);
        assertThat(times.get(1) - times.get(0)).isBetween(second, 5 * second);
        assertThat(times.get(2) - times.get(1)).isBetween(second, 5 * second);
        assertThat(queries)
                .filteredOn(query -> query.name().equals("hour.test") && query.type() == Type.A)
                .hasSize(1);
    }

    @Test
    void everyAddressIsAServerAndOtherAnswersAreOtherServers() throws Exception {
        dns.put("up.test", "1 A 127.0.0.2", "1 A 127.0.0.1", "1 AAAA ::1");
        applyUntil(3, "up.test");
        assertThat(addresses()).containsExactly("127.0.0.1", "127.0.0.2", "0:0:0:0:0:0:0:1");

        dns.put("up.test", "1 A 127.0.0.3");

        nextTable();
        assertThat(addresses()).containsExactly("127.0.0.3");
    }

    @Test
    void anAnswerInAnotherOrderMakesNoTable() throws Exception {
        dns.put("up.test", "1 A 127.0.0.1", "1 A 127.0.0.2");
        applyUntil(2, "up.test");

        dns.put("up.test", "1 A 127.0.0.2", "1 A 127.0.0.1");
        dns.rest();
        dns.until("up.test", 2);

        assertThat(published).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {Rcode.SERVFAIL, Rcode.NXDOMAIN, -1})
    void aServerThatFailsOrIsSilentIsAskedAgainAndTheLastAnswerStays(int code) throws Exception {
        dns.put("up.test", "1 A 127.0.0.1", "1 A 127.0.0.2");
        applyUntil(2, "up.test");

        dns.fail("up.test", code);
        dns.rest();
        // The second look-up begins when the first one's end is known.
        dns.until("up.test", 3);

        assertThat(published).isEmpty();
        assertThat(addresses()).containsExactly("127.0.0.1", "127.0.0.2");
        dns.put("up.test", "1 A 127.0.0.3");
        nextTable();
        assertThat(addresses()).containsExactly("127.0.0.3");
    }

    private TableChange nextTable() throws InterruptedException {
        return Objects.requireNonNull(published.poll(10, TimeUnit.SECONDS), "no other table");
    }
}
