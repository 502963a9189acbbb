import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * Changes that are made one after the other, each when etcd has the one before, so that what was written last is known.
 * Ten of eleven are to upstreams: servers of one come, go and change their weights, and upstreams of names that never were
 * come and go. One is to a domain, always with a pattern that never was: one domain changes, and others of new names come
 * and go. Each differs from what was there.
 */
final class Lane {
    private static final int RULES = 8;
    private static final int SERVERS = 12;

    private final Etcd etcd;
    private final int number;
    private final Random random;
    private final List<String> servers = new ArrayList<>();
    private final Deque<String> upstreams = new ArrayDeque<>();
    private final Deque<String> domains = new ArrayDeque<>();
    private final Map<String, String> values = new HashMap<>();
    private int made;
    private int lastDomain;

    Lane(Etcd etcd, int number) {
        this.etcd = etcd;
        this.number = number;
        this.random = new Random(number);
        for (int i = 0; i < SERVERS; i++) {
            servers.add("upstreams/lane" + number + "/127.1." + number + "." + i + ":8001");
        }
    }

    /** Begins so many changes; the answer is done with the last one. */
    CompletableFuture<Long> change(int count) {
        CompletableFuture<Long> change = change();
        return count == 1 ? change : change.thenComposeAsync(revision -> change(count - 1));
    }

    private CompletableFuture<Long> change() {
        int turn = made++ % 11;
        if (turn == 10) {
            return changeDomain();
        }
        return turn % 5 == 4
                ? comeOrGo(upstreams, "upstreams/" + newServer(), weight())
                : changeServer();
    }

    private CompletableFuture<Long> changeDomain() {
        String document = Documents.document("lane" + number, made * 1000 + number, RULES, made);
        if (random.nextBoolean()) {
            return put("rules/lane" + number + ".bench.local", document);
        }
        if (domains.size() < 2) {
            lastDomain = made;
        }
        return comeOrGo(domains, "rules/" + lastDomain(), document);
    }

    private CompletableFuture<Long> comeOrGo(Deque<String> keys, String key, String value) {
        if (keys.size() == 2) {
            return delete(keys.removeFirst());
        }
        keys.add(key);
        return put(key, value);
    }

    private CompletableFuture<Long> changeServer() {
        String server = servers.get(random.nextInt(SERVERS));
        // The first one stays.
        boolean goes = random.nextInt(4) == 0 && !server.equals(servers.get(0)) && values.containsKey(server);
        return goes ? delete(server) : put(server, weight());
    }

    private String newServer() {
        return "short" + number + '-' + made + "/127.2." + (made >> 8 & 255) + '.' + (made & 255) + ":8001";
    }

    private String weight() {
        return "weight=" + (1 + made % 60_000);
    }

    private CompletableFuture<Long> put(String key, String value) {
        values.put(key, value);
        return etcd.put(key, value);
    }

    private CompletableFuture<Long> delete(String key) {
        values.remove(key);
        return etcd.delete(key);
    }

    /** What is to be in force now: key to value. To be asked when no change is under way. */
    Map<String, String> values() {
        return values;
    }

    /** The domain that came last. */
    String lastDomain() {
        return "short" + number + '-' + lastDomain + ".bench.local";
    }

    /** Its version; 0 when none came yet. */
    int lastVersion() {
        return lastDomain;
    }
}
