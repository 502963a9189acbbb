package io.erulb.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.proxy.RawServer.RawRequest;
import io.erulb.rules.spi.IpRange;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers are told about where a request came from, and whose word is taken for it. */
class ForwardedFieldsTest {
    private static final String CLAIMS = "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\n"
            + "X-Forwarded-Host: shop.example\r\nForwarded: for=203.0.113.9;proto=https\r\n"
            + "X-Real-IP: 203.0.113.8\r\nREMOTE-HOST: 203.0.113.7\r\n";

    private RawServer server;
    private ProxyFixture stranger;
    private ProxyFixture trusting;

    @BeforeEach
    void start() throws IOException {
        server = RawServer.named("x");
        stranger = open();
        trusting = open("127.0.0.0/8", "10.0.0.0/8", "2001:db8::/32");
    }

    private ProxyFixture open(String... trusted) {
        List<IpRange> ranges = Stream.of(trusted).map(IpRange::parse).toList();
        return ProxyFixture.start(front(), settings -> settings.trustedProxies(ranges))
                .route("t.local", server);
    }

    Front.Kind front() {
        return Front.Kind.OUR_LISTENER;
    }

    @AfterEach
    void stop() throws IOException {
        trusting.close();
        stranger.close();
        server.close();
    }

    private RawRequest sent(ProxyFixture proxy, String fields) throws IOException {
        return sentAs(proxy, "GET / HTTP/1.1\r\nHost: T.local:8080\r\n" + fields + "\r\n");
    }

    private RawRequest sentAs(ProxyFixture proxy, String request) throws IOException {
        try (RawClient client = proxy.client()) {
            assertThat(client.send(request).read().status()).isEqualTo(200);
        }
        return server.lastRequest();
    }

    @Test
    void aStrangersClaimsAreNotPassedOn() throws IOException {
        RawRequest request = sent(stranger, CLAIMS);

        assertThat(request.fields("X-Forwarded-Proto")).containsExactly("http");
        assertThat(request.fields("X-Forwarded-Host")).containsExactly("T.local:8080");
        assertThat(request.fields("Forwarded")).isEmpty();
        assertThat(request.fields("X-Real-IP")).containsExactly("127.0.0.1");
        assertThat(request.fields("REMOTE-HOST")).containsExactly("127.0.0.1");
    }

    @Test
    void ourOwnEntryEndsAStrangersChain() throws IOException {
        RawRequest request = sent(stranger, "X-Forwarded-For: 10.0.0.1\r\nX-Forwarded-For: 203.0.113.9, x\r\n");

        assertThat(request.fields("X-Forwarded-For")).containsExactly("10.0.0.1, 203.0.113.9, x, 127.0.0.1");
    }

    @Test
    void anEmptyChainIsNone() throws IOException {
        RawRequest request = sent(stranger, "X-Forwarded-For:\r\n");

        assertThat(request.fields("X-Forwarded-For")).containsExactly("127.0.0.1");
    }

    @Test
    void whoIsOutsideTheTrustedBlocksIsAStrangerToo() throws IOException {
        try (ProxyFixture other = open("10.0.0.0/8")) {
            RawRequest request = sent(other, CLAIMS);

            assertThat(request.fields("X-Forwarded-Proto")).containsExactly("http");
            assertThat(request.fields("Forwarded")).isEmpty();
            assertThat(request.fields("X-Real-IP")).containsExactly("127.0.0.1");
        }
    }

    @Test
    void aTrustedPeersClaimsPass() throws IOException {
        RawRequest request = sent(trusting, CLAIMS);

        assertThat(request.fields("X-Forwarded-Proto")).containsExactly("https");
        assertThat(request.fields("X-Forwarded-Host")).containsExactly("shop.example");
        assertThat(request.fields("Forwarded")).containsExactly("for=203.0.113.9;proto=https");
        assertThat(request.fields("X-Forwarded-For")).containsExactly("203.0.113.9, 127.0.0.1");
        assertThat(request.fields("X-Real-IP")).containsExactly("203.0.113.9");
        assertThat(request.fields("REMOTE-HOST")).containsExactly("203.0.113.9");
    }

    @Test
    void whatATrustedPeerDoesNotSayWeSay() throws IOException {
        RawRequest request = sent(trusting, "");

        assertThat(request.fields("X-Forwarded-Proto")).containsExactly("http");
        assertThat(request.fields("X-Forwarded-Host")).containsExactly("T.local:8080");
        assertThat(request.fields("X-Forwarded-For")).containsExactly("127.0.0.1");
        assertThat(request.fields("X-Real-IP")).containsExactly("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            203.0.113.9                              | 203.0.113.9
            192.0.2.66, 203.0.113.9                  | 203.0.113.9
            192.0.2.66, 203.0.113.9, 10.1.1.1        | 203.0.113.9
            203.0.113.9,10.1.1.1,2001:db8::1         | 203.0.113.9
            10.3.3.3, 10.2.2.2                       | 10.3.3.3
            2001:db9::1, 2001:db8::1                 | 2001:db9:0:0:0:0:0:1
            [2001:db9::1]:4711, [2001:db8::1]        | 2001:db9:0:0:0:0:0:1
            ::ffff:203.0.113.9, ::ffff:10.0.0.1      | 203.0.113.9
            203.0.113.9:4711, 10.0.0.1:80            | 203.0.113.9
            203.0.113.9, unknown                     | 127.0.0.1
            203.0.113.9, localhost, 10.0.0.1         | 10.0.0.1
            203.0.113.9, 10.0.0.256                  | 127.0.0.1
            203.0.113.9, 10.0.0.1:                   | 127.0.0.1
            203.0.113.9, 10.0.0.1:123456             | 127.0.0.1
            203.0.113.9, [2001:db8::1]x              | 127.0.0.1
            203.0.113.9, [2001:db8::1                | 127.0.0.1
            203.0.113.9, fe80::1%eth0                | 127.0.0.1
            203.0.113.9,                             | 127.0.0.1
            ,                                        | 127.0.0.1
            """)
    void theClientIsTheRightmostAddressThatIsNotTrusted(String chain, String client) throws IOException {
        RawRequest request = sent(trusting, "X-Forwarded-For: " + chain + "\r\n");

        assertThat(request.fields("X-Real-IP")).containsExactly(client);
        assertThat(request.fields("REMOTE-HOST")).containsExactly(client);
        assertThat(request.fields("X-Forwarded-For")).containsExactly(chain + ", 127.0.0.1");
    }

    @Test
    void theChainIsReadOverAllItsFields() throws IOException {
        RawRequest request = sent(
                trusting,
                "X-Forwarded-For: 192.0.2.66, 203.0.113.9\r\nA: b\r\nX-Forwarded-For: 10.0.0.2, 10.0.0.1\r\n");

        assertThat(request.fields("X-Real-IP")).containsExactly("203.0.113.9");
    }

    @ParameterizedTest
    @CsvSource({"31, 203.0.113.9", "32, 10.0.0.0", "500, 10.0.0.0"})
    void atMost32EntriesAreLookedAt(int trusted, String client) throws IOException {
        String proxies = ", 10.0.0.0".repeat(trusted);

        RawRequest request = sent(trusting, "X-Forwarded-For: 203.0.113.9" + proxies + "\r\n");

        assertThat(request.fields("X-Real-IP")).containsExactly(client);
    }

    @Test
    void anEntryOfManyBytesIsNoAddress() throws IOException {
        RawRequest request = sent(trusting, "X-Forwarded-For: 203.0.113.9, " + ":".repeat(5_000) + "x\r\n");

        assertThat(request.fields("X-Real-IP")).containsExactly("127.0.0.1");
    }

    @Test
    void rulesSeeTheClientThatServersAreTold() throws IOException {
        String rules = """
                {"init": "r1", "rules": {
                  "r1": {"type": "client", "args": {"cidr": ["203.0.113.0/24"], "succ": "r2", "fail": "r3"}},
                  "r2": {"type": "respond", "args": {"status": 200, "body": "theirs"}},
                  "r3": {"type": "respond", "args": {"status": 200, "body": "another's"}}}}""";
        stranger.rules("t.local", rules);
        trusting.rules("t.local", rules);
        String request = "GET / HTTP/1.1\r\nHost: t.local\r\nX-Forwarded-For: 203.0.113.9\r\n\r\n";

        try (RawClient untrusted = stranger.client();
                RawClient trusted = trusting.client()) {
            assertThat(untrusted.send(request).read().body()).isEqualTo("another's");
            assertThat(trusted.send(request).read().body()).isEqualTo("theirs");
        }
    }

    @Test
    void whatConnectionNamesCountsAsNotSent() throws IOException {
        String abuse = "Connection: X-Forwarded-For, x-forwarded-proto, X-Forwarded-Host, Forwarded, X-Real-IP, Via\r\n"
                + "Via: 1.1 before\r\n";
        for (ProxyFixture proxy : List.of(stranger, trusting)) {
            RawRequest request = sent(proxy, abuse + CLAIMS);

            assertThat(request.fields("X-Forwarded-For")).containsExactly("127.0.0.1");
            assertThat(request.fields("X-Forwarded-Proto")).containsExactly("http");
            assertThat(request.fields("X-Forwarded-Host")).containsExactly("T.local:8080");
            assertThat(request.fields("Forwarded")).isEmpty();
            assertThat(request.fields("X-Real-IP")).containsExactly("127.0.0.1");
            assertThat(request.fields("Via")).containsExactly("1.1 elb");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X_Forwarded_For",
                "x-forwarded_for",
                "X_Forwarded-Proto",
                "X_FORWARDED_HOST",
                "X_Real-IP",
                "Remote_Host"
            })
    void namesThatCgiTakesForOneOfOursAreDropped(String name) throws IOException {
        RawRequest request = sent(stranger, name + ": 203.0.113.9\r\n");

        assertThat(request.fields(name)).isEmpty();
    }

    @Test
    void theSchemeIsOursWhateverTheTargetSays() throws IOException {
        RawRequest request = sentAs(stranger, "GET https://t.local:443/a HTTP/1.1\r\nHost: t.local:443\r\n\r\n");

        assertThat(request.fields("X-Forwarded-Proto")).containsExactly("http");
        assertThat(request.fields("X-Forwarded-Host")).containsExactly("t.local:443");
    }

    @Test
    void whatARuleSetsGoesBeforeThePolicy() throws IOException {
        stranger.rules("t.local", """
                {"init": "r", "rules": {"r": {"type": "backend", "args": {"servername": "up-t.local",
                  "X-Forwarded-Proto": "https", "Via": "1.1 rule"}}}}""");

        RawRequest request = sent(stranger, CLAIMS + "Via: 1.1 before\r\n");

        assertThat(request.fields("X-Forwarded-Proto")).containsExactly("https");
        assertThat(request.fields("Via")).containsExactly("1.1 rule");
    }
}
