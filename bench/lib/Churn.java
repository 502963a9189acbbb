import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.PutOption;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Changes two upstreams in etcd at a fixed rate, each change a revision of its own: weights change, servers come and go,
 * and servers nobody has heard of come marked as down. One server of each upstream always stays. Once a second it looks,
 * by ELB's admin API, how long a change takes to be in force.
 *
 * <p>{@code java Churn ETCD_PORT ADMIN_PORT RATE ADDRESSES RULES_FILE BACKEND_PORT...} prints "ready" when the first
 * configuration is written, then a line a second: changes made, and the lag in milliseconds, which
 * is the patience of ten seconds when the change was not seen.
 */
final class Churn {
    private static final String[] UPSTREAMS = {"upstream1", "upstream2"};
    private static final int MOST_SERVERS = 12;
    private static final long PATIENCE_SECONDS = 10;

    private final Client client;
    private final URI admin;
    private final long gap;
    private final List<String> servers = new ArrayList<>();
    private final List<List<String>> present = List.of(new ArrayList<>(), new ArrayList<>());
    private final String[] strangers = new String[UPSTREAMS.length];
    private final Random random = new Random(1);
    private final AtomicLong changes = new AtomicLong();
    private int met;

    private Churn(String[] args) {
        client = Client.builder().endpoints("http://127.0.0.1:" + args[0]).build();
        admin = URI.create("http://127.0.0.1:" + args[1] + "/__erulb__/upstream");
        gap = TimeUnit.SECONDS.toNanos(1) / Integer.parseInt(args[2]);
        for (int host = 1; host <= Integer.parseInt(args[3]); host++) {
            for (int i = 5; i < args.length; i++) {
                servers.add("127.0.0." + host + ":" + args[i]);
            }
        }
    }

    public static void main(String[] args) throws Exception {
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> {
            e.printStackTrace();
            System.exit(1);
        });
        Churn churn = new Churn(args);
        churn.begin(Files.readString(Path.of(args[4])));
        System.out.println("ready");
        Thread follower = new Thread(churn::follow, "follower");
        follower.setDaemon(true);
        follower.start();
        churn.change();
    }

    private void begin(String rules) throws Exception {
        for (int upstream = 0; upstream < UPSTREAMS.length; upstream++) {
            present.get(upstream).add(servers.get(upstream));
            write(put(key(upstream, servers.get(upstream)), parameters()));
        }
        write(put("rules/bench.local", rules));
    }

    private void change() throws Exception {
        for (long due = System.nanoTime(); ; due += gap) {
            LockSupport.parkNanos(due - System.nanoTime());
            int upstream = random.nextInt(UPSTREAMS.length);
            switch (random.nextInt(4)) {
                case 0 -> comeOrGo(upstream);
                case 1 -> meetStranger(upstream);
                default -> write(put(key(upstream, any(present.get(upstream))), parameters()));
            }
        }
    }

    private void comeOrGo(int upstream) throws Exception {
        List<String> here = present.get(upstream);
        String server = any(servers);
        int place = here.indexOf(server);
        if (place < 0 && here.size() < MOST_SERVERS) {
            here.add(server);
            write(put(key(upstream, server), parameters()));
        } else if (here.size() > 1) {
            // The first one stays.
            write(delete(key(upstream, here.remove(place > 0 ? place : 1 + random.nextInt(here.size() - 1)))));
        } else {
            write(put(key(upstream, server), parameters()));
        }
    }

    private void meetStranger(int upstream) throws Exception {
        String old = strangers[upstream];
        int number = met++;
        strangers[upstream] = "127." + (1 + (number >> 16)) + "." + (number >> 8 & 255) + "." + (number & 255) + ":80";
        Op come = put(key(upstream, strangers[upstream]), "down");
        write(old == null ? new Op[] {come} : new Op[] {come, delete(key(upstream, old))});
    }

    /** Looks when the change of a server that no rule leads to is told by ELB. */
    private void follow() {
        HttpClient http = HttpClient.newHttpClient();
        try {
            for (int weight = 1; ; weight = weight % 60_000 + 1) {
                long begun = System.nanoTime();
                write(put("upstreams/followed/127.0.0.1:1", "weight=" + weight));
                boolean told = false;
                while (!told && System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                    told = tells(http, "\"127.0.0.1:1\",\"weight\":" + weight + ",");
                }
                long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
                System.out.println("changes=" + changes.get() + " lag=" + millis);
                LockSupport.parkNanos(begun + TimeUnit.SECONDS.toNanos(1) - System.nanoTime());
            }
        } catch (Exception e) {
            throw new IllegalStateException("The changes can't be followed.", e);
        }
    }

    private boolean tells(HttpClient http, String text) throws InterruptedException {
        try {
            return http.send(HttpRequest.newBuilder(admin).build(), HttpResponse.BodyHandlers.ofString()).body()
                    .contains(text);
        } catch (IOException e) {
            // ELB has not started yet.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            return false;
        }
    }

    private void write(Op... ops) throws Exception {
        client.getKVClient().txn().Then(ops).commit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        changes.incrementAndGet();
    }

    private String parameters() {
        return "weight=" + (1 + random.nextInt(20)) + " max_fails=" + (1 + random.nextInt(5));
    }

    private String any(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static String key(int upstream, String server) {
        return "upstreams/" + UPSTREAMS[upstream] + "/" + server;
    }

    private static Op put(String key, String value) {
        return Op.put(bytes("/ELB/" + key), bytes(value), PutOption.DEFAULT);
    }

    private static Op delete(String key) {
        return Op.delete(bytes("/ELB/" + key), DeleteOption.DEFAULT);
    }

    private static ByteSequence bytes(String text) {
        return ByteSequence.from(text, StandardCharsets.UTF_8);
    }
}
