package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.store.etcd.EtcdProcess;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three instances on one etcd, changed through each of them and past them. */
@Timeout(120)
class FleetIT {
    private static final List<String> NAMES = List.of("one", "two", "three");
    private static final int CHANGES = 500;

    private final List<ServerProcess> servers = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private EtcdProcess etcd;

    @BeforeEach
    void start() throws Exception {
        etcd = EtcdProcess.start();
        servers.addAll(ServerProcess.startAll(NAMES.stream()
                .map(name -> "INSTANCE=" + name + " ETCD=" + etcd.endpoint())
                .toList()));
    }

    @AfterEach
    void stop() throws Exception {
        servers.forEach(ServerProcess::close);
        etcd.close();
    }

    @Test
    void endEqualAfterManyChangesFromAllSides() throws Exception {
        Random random = new Random(4);
        for (int i = 0; i < CHANGES; i++) {
            String domain = "d" + random.nextInt(20) + ".local";
            String document = rules("up" + random.nextInt(5));
            if (i % 2 == 0) {
                write(servers.get(random.nextInt(3)), domain, random.nextInt(4) == 0 ? "null" : document);
            } else if (random.nextInt(4) == 0) {
                etcd.delete("/ELB/rules/" + domain);
            } else {
                etcd.put("/ELB/rules/" + domain, document);
            }
        }
        put(servers.get(0), "config?to=store&wait=all", "{\"domains\":{\"last.local\":" + rules("up1") + "}}");

        String config = config(servers.get(0));
        assertThat(config).contains("last.local");
        assertThat(config(servers.get(1))).isEqualTo(config);
        assertThat(config(servers.get(2))).isEqualTo(config);
        for (ServerProcess server : servers) {
            assertThat(fleet(server))
                    .startsWith("{\"agree\":true,")
                    .contains("\"name\":\"one\"", "\"name\":\"two\"", "\"name\":\"three\"");
        }
        assertThat(etcd.etcdctl("get", "--prefix", "--keys-only", "/ELB/rules/"))
                .hasLineCount(2 * (config.split("\"init\"", -1).length - 1));
    }

    @Test
    void aWriteThatIsWaitedForIsInForceOnAll() throws Exception {
        for (int i = 0; i < 30; i++) {
            ServerProcess writer = servers.get(i % 3);

            HttpResponse<String> answer =
                    put(writer, "config?to=store&wait=all", "{\"domains\":{\"t.local\":" + rules("up" + i) + "}}");

            assertThat(answer.body()).contains("\"refused\":[],\"waiting\":[]");
            for (ServerProcess server : servers) {
                assertThat(config(server)).contains("\"up" + i + "\"");
            }
        }
    }

    @Test
    void anInstanceThatStandsStillIsNamed() throws Exception {
        servers.get(1).suspend();

        HttpResponse<String> answer = Http.put(
                servers.get(0).uri(),
                "/__erulb__/config?to=store&wait=all&timeout=1s",
                "{\"domains\":{\"t.local\":" + rules("up1") + "}}");

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.body()).contains("\"waiting\":[\"two\"]").contains("\"one\"", "\"three\"");

        servers.get(1).resume();
        HttpResponse<String> again =
                put(servers.get(0), "config?to=store&wait=all", "{\"domains\":{\"t.local\":" + rules("up1") + "}}");
        assertThat(again.body()).contains("\"refused\":[],\"waiting\":[]");
        assertThat(config(servers.get(1))).contains("t.local");
    }

    @Test
    void anInstanceThatRefusesAChangeIsNamedWithTheReason(@TempDir Path plugins) throws Exception {
        Plugin.write(plugins.resolve("always.jar"), "io.erulb.rules.spi.FilterProvider", AlwaysProvider.class);
        String always = "{\"init\":\"r1\",\"rules\":{\"r1\":{\"type\":\"always\",\"args\":{}}}}";
        try (ServerProcess newer =
                ServerProcess.start("INSTANCE=newer PLUGINS=" + plugins + " ETCD=" + etcd.endpoint())) {

            HttpResponse<String> answer = Http.put(
                    newer.uri(), "/__erulb__/config?to=store&wait=all", "{\"domains\":{\"t.local\":" + always + "}}");

            assertThat(answer.body())
                    .contains(
                            "refused by other instances",
                            "\"applied\":[\"newer\"]",
                            "\"waiting\":[]",
                            "{\"instance\":\"one\"",
                            "unknown type");
            assertThat(answer.statusCode()).isEqualTo(504);
            assertThat(fleet(newer)).contains("\"agree\":false", "\"problems\":[\"domain t.local, rule r1");
        }
    }

    @Test
    void anInstanceThatEndsLeavesTheFleetAtOnce() throws Exception {
        servers.get(1).terminate();
        assertThat(servers.get(1).exitCode()).isZero();

        assertThat(fleet(servers.get(0)))
                .contains("\"name\":\"one\"", "\"name\":\"three\"")
                .doesNotContain("\"name\":\"two\"");
    }

    private void write(ServerProcess server, String domain, String document) throws Exception {
        HttpResponse<String> answer;
        do {
            answer = Http.put(
                    server.uri(), "/__erulb__/config?to=store", "{\"domains\":{\"" + domain + "\":" + document + "}}");
        } while (answer.statusCode() == 409);
        assertThat(answer.body()).isEqualTo("{\"msg\":\"OK\"}");
    }

    private static HttpResponse<String> put(ServerProcess server, String resource, String body) throws Exception {
        HttpResponse<String> answer = Http.put(server.uri(), "/__erulb__/" + resource, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private static String config(ServerProcess server) throws Exception {
        return Http.get(server.uri(), "/__erulb__/config").body();
    }

    private static String fleet(ServerProcess server) throws Exception {
        return Http.get(server.uri(), "/__erulb__/fleet").body();
    }

    private static String rules(String upstream) {
        return "{\"init\":\"r1\",\"rules\":{\"r1\":{\"type\":\"backend\",\"args\":{\"servername\":\"" + upstream
                + "\"}}}}";
    }
}
