package io.erulb.proxy.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.proxy.RawServer;
import io.erulb.proxy.TestKeys;
import io.erulb.proxy.http1.server.Eventually;
import io.erulb.routing.LiveRouting;
import io.erulb.routing.RoutingChange;
import io.erulb.routing.RoutingOptions;
import io.erulb.upstream.Peer;
import io.erulb.upstream.PeerHealth;
import io.erulb.upstream.PeerHealth.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers are checked over TLS, whose certificates are their own. */
@Timeout(60)
class HttpsChecksTest {
    private static TestKeys keys;

    private final LiveRouting routing = LiveRouting.create(RoutingOptions.defaults());
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeAll
    static void makeKeys(@TempDir Path folder) throws Exception {
        keys = TestKeys.make(folder);
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        routing.close();
    }

    private RawServer serving(RawServer.Script script) throws Exception {
        return opened(RawServer.start(keys.listener("TLSv1.2", "TLSv1.3"), script));
    }

    private RawServer opened(RawServer server) {
        open.add(server);
        return server;
    }

    /** Checks by one who trusts the servers' certificate. */
    private void checksThatTrust() throws Exception {
        open.add(ServerChecks.of(routing, new CheckTls(keys.trust())));
    }

    /** Checks by one who trusts whom the JVM does. */
    private void checks() {
        open.add(ServerChecks.of(routing));
    }

    private void check(String members, String... addresses) {
        check("https", members, List.of(addresses));
    }

    private void check(String type, String members, List<String> addresses) {
        Map<String, String> servers = new LinkedHashMap<>();
        for (String address : addresses) {
            servers.put(address, "");
        }
        String timeout = members.contains("'timeout'") ? "" : "'timeout':'4s',";
        String check = "{'type':'" + type + "','until_checked':'down'," + timeout + members + "}";
        routing.apply(RoutingChange.builder()
                .putUpstream("up", servers)
                .putPolicy("up", "{\"check\":" + check.replace('\'', '"') + "}")
                .build());
    }

    private Peer peer(int index) {
        return routing.current().upstream("up").peers().get(index);
    }

    private PeerHealth found(int index) {
        Eventually.holds(
                "what the checks are to find", () -> peer(index).health().state() != State.NOT_CHECKED);
        return peer(index).health();
    }

    private PeerHealth found() {
        return found(0);
    }

    @Test
    void aCertificateThatIsTrustedPasses() throws Exception {
        Queue<Object> names = new ConcurrentLinkedQueue<>();
        RawServer server = serving((request, exchange) -> {
            SSLSocket socket = (SSLSocket) exchange.socket();
            names.addAll(((ExtendedSSLSession) socket.getSession()).getRequestedServerNames());
            exchange.ok("all is well");
        });
        checksThatTrust();

        check("'path':'/ok?x=1','host':'app.local:8443','body':'is well','status':[200]", server.address());

        assertThat(found().state()).isEqualTo(State.UP);
        assertThat(server.lastRequest().line()).isEqualTo("GET /ok?x=1 HTTP/1.1");
        assertThat(server.lastRequest().fields("Host")).containsExactly("app.local:8443");
        assertThat(server.lastRequest().field("User-Agent")).isEqualTo("elb-check");
        assertThat(server.lastRequest().field("Connection")).isEqualTo("close");
        assertThat(names).containsExactly(new SNIHostName("app.local"));
    }

    @Test
    void withoutAHostTheCertificateIsThatOfTheAddress() throws Exception {
        RawServer server = serving((request, exchange) -> exchange.ok("ok"));
        checksThatTrust();

        check("'path':'/'", server.address());

        assertThat(found().state()).isEqualTo(State.UP);
        assertThat(server.lastRequest().fields("Host")).containsExactly(server.address());
    }

    @Test
    void aCertificateOfAnotherNameFails() throws Exception {
        RawServer server = serving((request, exchange) -> exchange.ok("ok"));
        checksThatTrust();

        check("'host':'other.local'", server.address());

        assertThat(found().state()).isEqualTo(State.CHECKS_FAILED);
        assertThat(found().reason()).startsWith("certificate: ").contains("other.local");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aCertificateThatNobodyTrustsFails() throws Exception {
        RawServer server = serving((request, exchange) -> exchange.ok("ok"));
        checks();

        check("'host':'app.local'", server.address());

        assertThat(found().state()).isEqualTo(State.CHECKS_FAILED);
        assertThat(found().reason()).startsWith("certificate: unable to find valid certification path");
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void anyCertificatePassesWhenNoneIsVerified(String protocol) throws Exception {
        Queue<String> spoken = new ConcurrentLinkedQueue<>();
        RawServer server = opened(RawServer.start(keys.listener(protocol), (request, exchange) -> {
            spoken.add(((SSLSocket) exchange.socket()).getSession().getProtocol());
            exchange.ok("ok");
        }));
        checks();

        check("'verify':false,'host':'other.local'", server.address());

        assertThat(found().state()).isEqualTo(State.UP);
        assertThat(spoken).containsOnly(protocol);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'path':'/'                  | Content-Length: 4      | 503 | status 503",
                "'body':'fine'               | Content-Length: 4      | 200 | the body has no \"fine\" in it",
                "'method':'HEAD'             | Content-Length: 4      | 404 | status 404",
                "'body':'oop'                | Content-Length: 4      | 200 | ",
                "'body':'oop'                | Connection: close      | 200 | ",
                "'body':'not'                | Connection: close      | 200 | the body has no \"not\" in it",
            })
    void anAnswerIsLookedAtAsByHttp(String check, String field, int status, String reason) throws Exception {
        RawServer server = serving((request, exchange) -> {
            exchange.send("HTTP/1.1 " + status + " X\r\n" + field + "\r\n\r\n"
                    + (request.line().startsWith("HEAD") ? "" : "oops"));
            exchange.socket().close();
        });
        checksThatTrust();

        check(check, server.address());

        assertThat(found().state()).isEqualTo(reason == null ? State.UP : State.CHECKS_FAILED);
        assertThat(found().reason()).isEqualTo(reason == null ? "" : reason);
    }

    @Test
    void aBodyOfManyRecordsIsRead() throws Exception {
        RawServer server = serving((request, exchange) -> {
            exchange.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 60; i++) {
                exchange.send("3e8\r\n" + "x".repeat(1000) + "\r\n");
            }
            exchange.send("4\r\nlast\r\n0\r\n\r\n");
        });
        checksThatTrust();

        check("'body':'last'", server.address());

        assertThat(found().state()).isEqualTo(State.UP);
    }

    @Test
    void aServerThatDoesNotShakeHandsFailsByTheTimeOutAndHoldsUpNoOther() throws Exception {
        RawServer well = serving((request, exchange) -> exchange.ok("ok"));
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            addresses.add(opened(RawServer.deaf()).address());
        }
        addresses.add(well.address());
        checksThatTrust();

        check("'interval':'2s','timeout':'1500ms'", addresses.toArray(new String[0]));

        for (int i = 0; i < 20; i++) {
            assertThat(found(i).reason()).isEqualTo("no answer within 1500 ms");
        }
        assertThat(found(20).state()).isEqualTo(State.UP);
        int known = well.requests().size();
        Eventually.holds("checks that go on", () -> well.requests().size() > known);
        assertThat(peer(20).health().state()).isEqualTo(State.UP);
    }

    @Test
    void aServerOfPlainHttpFails() throws Exception {
        RawServer plain = opened(RawServer.saying("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"));
        checksThatTrust();

        check("'path':'/'", plain.address());

        assertThat(found().state()).isEqualTo(State.CHECKS_FAILED);
        assertThat(found().reason()).startsWith("TLS: ");
    }

    @Test
    void aServerThatClosesInsteadOfShakingHandsFailsAtOnce() throws Exception {
        RawServer rude = opened(RawServer.startRude());
        checksThatTrust();

        check("'path':'/'", rude.address());

        assertThat(found().state()).isEqualTo(State.CHECKS_FAILED);
        assertThat(found().reason()).isIn("the server closed", "Connection reset");
    }

    @Test
    void aServerThatRefusesConnectionsFails() throws Exception {
        checksThatTrust();

        check("'path':'/'", "127.0.0.1:" + RawServer.unusedPort());

        assertThat(found().reason()).startsWith("no connection: ");
    }

    @Test
    void everyCheckLooksAtTheCertificateAgain() throws Exception {
        Queue<Object> sessions = new ConcurrentLinkedQueue<>();
        RawServer server = serving((request, exchange) -> {
            sessions.add(((SSLSocket) exchange.socket()).getSession().getCreationTime());
            exchange.ok("ok");
        });
        checksThatTrust();

        check("'interval':'400ms','timeout':'390ms','host':'app.local'", server.address());

        Eventually.holds("some checks", () -> sessions.size() > 3);
        assertThat(sessions).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "tcp", "https"})
    void checksMayGoToAnotherPort(String type) throws Exception {
        RawServer server = opened(RawServer.named("server"));
        RawServer checked = type.equals("https")
                ? serving((request, exchange) -> exchange.ok("checked"))
                : opened(RawServer.named("checked"));
        checksThatTrust();

        check(type, "'port':" + checked.port(), List.of(server.address()));

        assertThat(found().state()).isEqualTo(State.UP);
        // By TCP the check is over before the server has taken the connection in.
        Eventually.holds("a connection", () -> checked.connections() == 1);
        assertThat(server.connections()).isZero();
    }
}
