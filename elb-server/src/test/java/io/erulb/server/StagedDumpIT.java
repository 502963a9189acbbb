package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.store.etcd.EtcdProcess;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A dump of more keys than one transaction of etcd takes, whose events come back to the instance that made it. */
@Timeout(120)
class StagedDumpIT {
    private static final int UPSTREAMS = 500;
    private static final int SERVERS_EACH = 10;
    private static final int ROUNDS = 5;

    @SuppressWarnings("NullAway.Init")
    private static EtcdProcess etcd;

    @BeforeAll
    static void startEtcd() throws Exception {
        etcd = EtcdProcess.start();
    }

    @AfterAll
    static void stopEtcd() throws Exception {
        etcd.close();
    }

    @Test
    void undoesNoChangeOfMemoryThatIsMadeRightAfterIt() throws Exception {
        try (ServerProcess server = ServerProcess.start("ETCD=" + etcd.endpoint())) {
            for (int round = 1; round <= ROUNDS; round++) {
                put(server, "upstream", upstreams(UPSTREAMS, round));
                put(server, "dump", "");
                put(server, "upstream", upstreams(1, 100 + round));

                // Comes by the watch, and so after all of the dump's events.
                etcd.put("/ELB/rules/localhost", answering("seen " + round));
                server.awaitBody("http://localhost:" + server.uri().getPort() + "/", "seen " + round);

                String config = Http.get(server.uri(), "/__erulb__/config").body();
                assertThat(weightIn(config, "up0")).isEqualTo(100 + round);
                assertThat(weightIn(config, "up1")).isEqualTo(round);
            }
        }
    }

    private static void put(ServerProcess server, String resource, String body) throws Exception {
        assertThat(Http.put(server.uri(), "/__erulb__/" + resource, body).body())
                .isEqualTo("{\"msg\":\"OK\"}");
    }

    private static String upstreams(int count, int weight) {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < count; i++) {
            body.append(i == 0 ? "{" : ",").append("\"up").append(i).append("\":");
            body.append(servers(weight));
        }
        return body.append('}').toString();
    }

    private static String servers(int weight) {
        StringBuilder servers = new StringBuilder();
        for (int i = 0; i < SERVERS_EACH; i++) {
            servers.append(i == 0 ? '{' : ',').append("\"127.0.0.1:").append(8000 + i);
            servers.append("\":\"weight=").append(weight).append('"');
        }
        return servers.append('}').toString();
    }

    /** Of an upstream's first server. */
    private static int weightIn(String config, String upstream) {
        Matcher weight = Pattern.compile("\"" + upstream + "\":\\{\"[^\"]*\":\"weight=(\\d+)\"")
                .matcher(config);
        assertThat(weight.find()).isTrue();
        return Integer.parseInt(weight.group(1));
    }

    private static String answering(String body) {
        return "{\"init\":\"r\",\"rules\":{\"r\":{\"type\":\"respond\",\"args\":{\"status\":200,\"body\":\"" + body
                + "\"}}}}";
    }
}
