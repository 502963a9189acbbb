package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.store.etcd.EtcdProcess;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two instances on one etcd, changed through either of them. */
@Timeout(90)
class TwoInstancesIT {
    private static final int CHANGES = 100;
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

    @SuppressWarnings("NullAway.Init")
    private EtcdProcess etcd;

    @SuppressWarnings("NullAway.Init")
    private ServerProcess one;

    @SuppressWarnings("NullAway.Init")
    private ServerProcess two;

    @BeforeEach
    void start() throws Exception {
        etcd = EtcdProcess.start();
        String settings = "ETCD=" + etcd.endpoint();
        List<ServerProcess> both = ServerProcess.startAll(List.of(settings, settings));
        one = both.get(0);
        two = both.get(1);
    }

    @AfterEach
    void stop() throws Exception {
        one.close();
        two.close();
        etcd.close();
    }

    @Test
    void aChangeOfTheStoreIsInForceHereAtOnceAndThereSoon() throws Exception {
        put(one, "config?to=store", config(1));

        assertThat(config(one)).isEqualTo(config(1));
        two.awaitBody(two.uri() + "/__erulb__/config", config(1));
        assertThat(tag(two)).isEqualTo(tag(one));
        assertThat(etcd.etcdctl("get", "/ELB/rules/t.local", "--print-value-only"))
                .isEqualTo(document(1) + "\n");
    }

    @Test
    void anyOfAHundredChangesCanBeTakenBackByEitherAfterACompactionToo() throws Exception {
        List<String> tags = new ArrayList<>();
        for (int version = 0; version <= CHANGES; version++) {
            put(one, "config?to=store", config(version));
            tags.add(tag(one));
        }
        two.awaitBody(two.uri() + "/__erulb__/config", config(CHANGES));
        etcd.compact();
        List<String> newestFirst =
                ids(Http.get(two.uri(), "/__erulb__/history?limit=" + CHANGES).body());
        assertThat(newestFirst).hasSize(CHANGES);

        List<Integer> versions = IntStream.rangeClosed(1, CHANGES).boxed().collect(Collectors.toList());
        Collections.shuffle(versions, new Random(CHANGES));
        for (int version : versions) {
            ServerProcess server = version % 2 == 0 ? one : two;
            HttpResponse<String> answer =
                    Http.send(Http.request(server.uri(), "/__erulb__/rollback/" + newestFirst.get(CHANGES - version))
                            .POST(BodyPublishers.noBody()));

            assertThat(answer.body()).isEqualTo("{\"msg\":\"OK\"}");
            assertThat(config(server)).isEqualTo(config(version - 1));
            assertThat(tag(server)).isEqualTo(tags.get(version - 1));
            if (server == two) {
                one.awaitBody(one.uri() + "/__erulb__/config", config(version - 1));
            }
        }
    }

    @Test
    void whatIsWrittenPastThemIsInTheHistoryOnceAndCanBeTakenBack() throws Exception {
        put(one, "config?to=store", config(1));
        etcd.put("/ELB/rules/t.local", toBackend("up2"));
        awaitChanges(2);
        put(two, "config?to=store", config(1));
        etcd.delete("/ELB/rules/t.local");
        awaitChanges(4);

        String history = Http.get(two.uri(), "/__erulb__/history").body();
        assertThat(Pattern.compile("\"by\":\"(\\w+)\"")
                        .matcher(history)
                        .results()
                        .map(found -> found.group(1)))
                .containsExactly("watch", "local", "watch", "local");
        HttpResponse<String> answer = Http.send(
                Http.request(two.uri(), "/__erulb__/rollback/" + ids(history).get(0))
                        .POST(BodyPublishers.noBody()));
        assertThat(answer.body()).isEqualTo("{\"msg\":\"OK\"}");
        assertThat(config(two)).isEqualTo(config(1));
    }

    private void awaitChanges(int count) throws Exception {
        long end = System.nanoTime() + 20_000_000_000L;
        int found;
        do {
            LockSupport.parkNanos(5_000_000);
            found = ids(Http.get(one.uri(), "/__erulb__/history").body()).size();
        } while (found != count && System.nanoTime() < end);
        assertThat(found).isEqualTo(count);
    }

    @Test
    void underThePrefixStandKeysOfTheConfigurationAlone() throws Exception {
        put(one, "config?to=store", config(1));
        put(one, "domain", "{\"memory.local\":" + toBackend("up1") + "}");
        put(one, "dump", "");

        assertThat(etcd.etcdctl("get", "--prefix", "--keys-only", "/ELB/")
                        .lines()
                        .filter(line -> !line.isBlank()))
                .containsExactly("/ELB/rules/memory.local", "/ELB/rules/t.local", "/ELB/upstreams/up1/127.0.0.1:81");
        assertThat(etcd.etcdctl("get", "--prefix", "--keys-only", "/").lines().filter(line -> !line.isBlank()))
                .filteredOn(key -> !key.startsWith("/ELB/"))
                .isNotEmpty()
                .allMatch(key -> key.startsWith("/ELB.history/") || key.startsWith("/ELB.fleet/"));
    }

    @Test
    void ofTwoWritersOnTwoInstancesExactlyOneWins() throws Exception {
        put(one, "config?to=store", config(1));
        two.awaitBody(two.uri() + "/__erulb__/config", config(1));
        for (int round = 1; round <= 200; round++) {
            String tag = tag(one);
            CompletableFuture<Integer> first = write(one, tag, config(2 * round));
            CompletableFuture<Integer> second = write(two, tag, config(2 * round + 1));

            List<Integer> answers = List.of(first.join(), second.join());

            assertThat(answers).as("round %d", round).containsOnlyOnce(200).containsAnyOf(409, 412);
            String winner = config(answers.get(0) == 200 ? 2 * round : 2 * round + 1);
            one.awaitBody(one.uri() + "/__erulb__/config", winner);
            two.awaitBody(two.uri() + "/__erulb__/config", winner);
        }
    }

    private static CompletableFuture<Integer> write(ServerProcess server, String tag, String body) throws Exception {
        URI uri = server.uri();
        return CompletableFuture.supplyAsync(() -> {
            try {
                return Http.send(Http.request(uri, "/__erulb__/config?to=store")
                                .header("If-Match", tag)
                                .PUT(BodyPublishers.ofString(body)))
                        .statusCode();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void put(ServerProcess server, String resource, String body) throws Exception {
        assertThat(Http.put(server.uri(), "/__erulb__/" + resource, body).body())
                .isEqualTo("{\"msg\":\"OK\"}");
    }

    private static String config(ServerProcess server) throws Exception {
        return Http.get(server.uri(), "/__erulb__/config").body();
    }

    private static String tag(ServerProcess server) throws Exception {
        return Http.get(server.uri(), "/__erulb__/config")
                .headers()
                .firstValue("ETag")
                .orElseThrow();
    }

    private static List<String> ids(String history) {
        return ID.matcher(history).results().map(found -> found.group(1)).toList();
    }

    /** Another document and other servers for each version. */
    private static String config(int version) {
        return "{\"domains\":{\"t.local\":" + document(version) + "},\"upstreams\":{\"up1\":{\"127.0.0.1:81\":\"weight="
                + (version + 1) + "\"}},\"policies\":{}}";
    }

    private static String document(int version) {
        return toBackend("up1").replaceFirst("\\{", "{\"version é\":[" + version + ",1.0e2],");
    }

    private static String toBackend(String upstream) {
        return "{\"init\":\"r\",\"rules\":{\"r\":{\"type\":\"backend\",\"args\":{\"servername\":\"" + upstream
                + "\"}}}}";
    }
}
