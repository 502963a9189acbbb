package io.erulb.server.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.erulb.routing.Resolved;
import io.erulb.routing.Resolver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** What is made of the answers of DNS servers, and when others are asked. */
@Timeout(30)
class DnsResolverTest {
    static final Manner QUICKLY = new Manner(List.of(Type.A, Type.AAAA), Duration.ofMillis(500));

    /** Of the JDK's resolver, as far as these tests go. */
    private static final String OTHER = "192.0.2.99";

    private final List<String> othersAsked = new ArrayList<>();
    private FakeDns dns;

    @BeforeEach
    void open() throws Exception {
        dns = FakeDns.open();
    }

    @AfterEach
    void close() {
        dns.close();
    }

    @Test
    void everyAddressOfBothKindsIsFoundAndTheLeastTtlCounts() throws Exception {
        dns.put("up.test", "70 A 127.0.0.2", "70 A 127.0.0.1", "50 AAAA ::2", "50 AAAA ::1");

        assertThat(by(dns.conf()).resolve("up.test")).isEqualTo(resolved(50, "127.0.0.1", "127.0.0.2", "::1", "::2"));
        assertThat(othersAsked).isEmpty();
    }

    @Test
    void oneKindOfAddressIsEnough() throws Exception {
        dns.put("four.test", "70 A 127.0.0.1").put("six.test", "70 AAAA ::1");

        assertThat(by(dns.conf()).resolve("four.test")).isEqualTo(resolved(70, "127.0.0.1"));
        assertThat(by(dns.conf()).resolve("six.test")).isEqualTo(resolved(70, "::1"));
    }

    @Test
    void withoutIpv6OnlyIpv4IsAskedFor() throws Exception {
        dns.put("up.test", "70 A 127.0.0.1", "50 AAAA ::1");
        Manner four = new Manner(List.of(Type.A), QUICKLY.patience());

        assertThat(new DnsResolver(dns::conf, noHosts(), this::other, four).resolve("up.test"))
                .isEqualTo(resolved(70, "127.0.0.1"));
        assertThat(dns.rest()).extracting(FakeDns.Query::type).containsExactly(Type.A);
    }

    @Test
    void aliasesAreFollowedAndTheirTtlsCount() throws Exception {
        dns.put("up.test", "70 CNAME middle.test")
                .put("middle.test", "7 CNAME end.test")
                .put("end.test", "60 A 127.0.0.1");

        assertThat(by(dns.conf()).resolve("up.test")).isEqualTo(resolved(7, "127.0.0.1"));
    }

    @Test
    void addressesBearTheNameThatWasAskedFor() throws Exception {
        dns.put("up.test", "70 A 127.0.0.1");

        // Or else somebody would look for the name of the address.
        assertThat(by(dns.conf()).resolve("up.test").addresses()).hasToString("[up.test/127.0.0.1]");
    }

    @Test
    void recordsThatNobodyAskedForAreLeftOut() throws Exception {
        dns.put("up.test", "70 A 127.0.0.1").stray("other.test", "1 A 127.0.0.2");

        assertThat(by(dns.conf()).resolve("up.test")).isEqualTo(resolved(70, "127.0.0.1"));
    }

    @ParameterizedTest
    @CsvSource({"SERVFAIL", "NXDOMAIN", "REFUSED", "FORMERR"})
    void whatDnsDoesNotAnswerTheJdkIsAsked(String code) throws Exception {
        dns.fail("up.test", Rcode.value(code));

        assertThat(by(dns.conf()).resolve("up.test")).isEqualTo(others());
        assertThat(othersAsked).containsExactly("up.test");
    }

    @Test
    void aNameWithoutAddressesIsLeftToTheJdk() throws Exception {
        dns.put("text.test", "70 TXT none").put("dangling.test", "70 CNAME nowhere.test");

        assertThat(by(dns.conf()).resolve("text.test")).isEqualTo(others());
        assertThat(by(dns.conf()).resolve("dangling.test")).isEqualTo(others());
    }

    @Test
    void halfAnAnswerIsNone() throws Exception {
        dns.put("up.test", "70 A 127.0.0.1").fail("up.test", Type.AAAA, Rcode.SERVFAIL);

        assertThat(by(dns.conf()).resolve("up.test")).isEqualTo(others());
    }

    @Test
    void aSilentServerIsAskedTwiceAndThenTheJdk() throws Exception {
        dns.fail("up.test", -1);

        assertThat(by(dns.conf()).resolve("up.test")).isEqualTo(others());
        assertThat(dns.rest())
                .extracting(FakeDns.Query::type)
                .containsExactlyInAnyOrder(Type.A, Type.A, Type.AAAA, Type.AAAA);
    }

    @Test
    void theNextServerIsAskedWhereOneIsSilent() throws Exception {
        dns.put("up.test", "70 A 127.0.0.1");
        try (FakeDns silent = FakeDns.open().fail("up.test", -1)) {
            ResolvConf both = new ResolvConf(List.of(silent.address(), dns.address()), List.of(), 1);

            assertThat(by(both).resolve("up.test")).isEqualTo(resolved(70, "127.0.0.1"));
            assertThat(silent.rest()).isNotEmpty();
        }
    }

    @Test
    void whatNobodyKnowsIsUnknown() {
        Resolver unknown = host -> {
            throw new UnknownHostException(host);
        };

        assertThatThrownBy(() -> new DnsResolver(dns::conf, noHosts(), unknown, QUICKLY).resolve("up.test"))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage("up.test");
    }

    @Test
    void namesInTheHostsFileNeedNoServer(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("hosts"), """
                127.0.0.1 one.test  Two.test # three.test
                # 127.0.0.1 four.test
                five.test six.test
                """);
        DnsResolver resolver = new DnsResolver(dns::conf, new HostsFile(file), this::other, QUICKLY);

        for (String host : List.of("one.test", "two.TEST", "six.test", "localhost", "a.localhost")) {
            assertThat(resolver.resolve(host)).as(host).isEqualTo(others());
        }
        assertThat(dns.rest()).isEmpty();
        dns.put("three.test", "7 A 127.0.0.3").put("four.test", "7 A 127.0.0.4").put("five.test", "7 A 127.0.0.5");
        for (String host : List.of("three.test", "four.test", "five.test")) {
            assertThat(resolver.resolve(host).ttl()).as(host).isEqualTo(Duration.ofSeconds(7));
        }
    }

    @Test
    void onThisMachineLocalhostNeedsNoServer() throws Exception {
        assertThat(DnsResolver.system().resolve("localhost").addresses()).allMatch(InetAddress::isLoopbackAddress);
    }

    @Test
    void namesAreCompletedByTheSearchList() throws Exception {
        dns.put("up.b.test", "70 A 127.0.0.1").put("up.c.test", "70 A 127.0.0.2", "70 AAAA ::2");
        List<Name> search = List.of(Name.fromString("a.test."), Name.fromString("b.test."), Name.fromString("c.test."));

        // The first domain that has any address has them all.
        assertThat(by(new ResolvConf(List.of(dns.address()), search, 1)).resolve("up"))
                .isEqualTo(resolved(70, "127.0.0.1"));
    }

    @ParameterizedTest
    @CsvSource({
        "up, 1, up.a.test. up.b.test. up.",
        "up.x, 1, up.x. up.x.a.test. up.x.b.test.",
        "up.x, 2, up.x.a.test. up.x.b.test. up.x.",
        "up.x., 5, up.x."
    })
    void namesAreCompletedInTheOrderOfResolvConf(String host, int ndots, String candidates) throws Exception {
        ResolvConf conf =
                new ResolvConf(List.of(), List.of(Name.fromString("a.test."), Name.fromString("b.test.")), ndots);

        assertThat(conf.candidates(host)).extracting(Name::toString).containsExactly(candidates.split(" "));
    }

    @Test
    void withoutServersTheJdkIsAsked() throws Exception {
        ResolvConf none = new ResolvConf(List.of(), List.of(), 1);

        assertThat(by(none).resolve("up.test")).isEqualTo(others());
        assertThat(dns.rest()).isEmpty();
    }

    @Test
    void whatIsNoNameInDnsIsLeftToTheJdk() throws Exception {
        assertThat(by(dns.conf()).resolve("a..b")).isEqualTo(others());
        assertThat(by(dns.conf()).resolve("x".repeat(64))).isEqualTo(others());
    }

    @Test
    void aChangedFileCountsFromTheNextLookUpOn() throws Exception {
        AtomicReference<ResolvConf> conf = new AtomicReference<>(new ResolvConf(List.of(closed()), List.of(), 1));
        DnsResolver resolver = new DnsResolver(conf::get, noHosts(), this::other, QUICKLY);
        dns.put("up.test", "70 A 127.0.0.1");
        assertThat(resolver.resolve("up.test")).isEqualTo(others());

        conf.set(dns.conf());

        assertThat(resolver.resolve("up.test")).isEqualTo(resolved(70, "127.0.0.1"));
    }

    /** Where nobody listens. */
    private static InetSocketAddress closed() throws Exception {
        try (FakeDns gone = FakeDns.open()) {
            return gone.address();
        }
    }

    private DnsResolver by(ResolvConf conf) {
        return new DnsResolver(() -> conf, noHosts(), this::other, QUICKLY);
    }

    static HostsFile noHosts() {
        return new HostsFile(Path.of("no/such/file"));
    }

    private Resolved other(String host) throws UnknownHostException {
        othersAsked.add(host);
        return others();
    }

    private static Resolved others() throws UnknownHostException {
        return Resolved.of(List.of(InetAddress.getByName(OTHER)));
    }

    private static Resolved resolved(long seconds, String... literals) throws UnknownHostException {
        List<InetAddress> addresses = new ArrayList<>();
        for (String literal : literals) {
            addresses.add(InetAddress.getByName(literal));
        }
        return new Resolved(addresses, Duration.ofSeconds(seconds));
    }
}
