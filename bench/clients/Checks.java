import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * What {@code bench/checks} runs: the processor time of checks alone, and the times of a steady load with and without them, in
 * turns; both also for {@link BareChecks}.
 */
final class Checks {
    private static final int UPSTREAMS = 1000;
    private static final int SERVERS = 10;
    private static final int FIRST_PORT = 20_000;
    private static final String POLICY =
            "{\"check\":{\"path\":\"/ok\",\"interval\":\"5s\",\"timeout\":\"2s\",\"rise\":2,\"fall\":2}}";
    private static final String PROCESSORS = "0-" + (Runtime.getRuntime().availableProcessors() - 1);
    private static final int WARM_SECONDS = 60;
    private static final int QUIET_SECONDS = 30;
    private static final int ROUNDS = 6;
    private static final int SECONDS = 10;
    private static final double MOST_PERCENT = 3;
    private static final double MOST_FACTOR = 1.25;
    private static final double MOST_MORE_MILLIS = 0.3;

    private final Place place;
    private final List<Long> servers;
    private final Report report = new Report();
    private final Map<State, List<SteadyLoad>> windows = new EnumMap<>(State.class);

    private Checks(Place place, List<Long> servers) {
        this.place = place;
        this.servers = servers;
    }

    private enum State {
        WITHOUT,
        WITH,
        /** Without, and something else sends as many requests that nobody looks at. */
        BESIDE_BARE
    }

    /** Arguments: the checkout, a folder to work in, the first port, the processes that are the servers. */
    public static void main(String[] arguments) throws Exception {
        Place place = new Place(Path.of(arguments[0]), Path.of(arguments[1]), Integer.parseInt(arguments[2]));
        List<Long> servers = Stream.of(arguments).skip(3).map(Long::valueOf).toList();
        Checks checks = new Checks(place, servers);
        try {
            checks.run();
        } catch (Exception broken) {
            Elb.printLog(place);
            throw broken;
        }
        System.exit(checks.report.failed() ? 1 : 0);
    }

    private void run() throws Exception {
        try (Etcd etcd = Etcd.start(place)) {
            etcd.put("upstreams/steady/127.0.0.1:" + place.backend(0), "").get();
            etcd.put("rules/bench.local", Documents.document("steady", 0, 4, 0)).get();
            etcd.putAll(servers());
            try (Elb elb = Elb.start(place)) {
                become(State.WITH, etcd, elb);
                SteadyLoad.during(place, WARM_SECONDS, () -> {});
                allWell(elb);
                cost(etcd, elb);
                letServersGiveWay();
                alternate(etcd, elb);
            }
        }
        report();
    }

    private static Map<String, String> servers() {
        Map<String, String> values = new LinkedHashMap<>();
        for (int upstream = 0; upstream < UPSTREAMS; upstream++) {
            for (int server = 0; server < SERVERS; server++) {
                int port = FIRST_PORT + upstream * SERVERS + server;
                values.put("upstreams/" + Documents.upstream(upstream) + "/127.0.0.1:" + port, "");
            }
        }
        return values;
    }

    private void become(State state, Etcd etcd, Elb elb) throws Exception {
        Map<String, String> values = new LinkedHashMap<>();
        for (int upstream = 0; upstream < UPSTREAMS; upstream++) {
            values.put("policies/" + Documents.upstream(upstream), state == State.WITH ? POLICY : "{}");
        }
        elb.awaitRevision(etcd.putAll(values), Duration.ofMinutes(1));
        // What comes or goes with it is over by then.
        TimeUnit.SECONDS.sleep(2);
    }

    private void allWell(Elb elb) throws Exception {
        String told = elb.admin("upstream?verbose").toString();
        int up = told.split("\"state\":\"up\"", -1).length - 1;
        report.promise("servers found well", up + " of " + (UPSTREAMS * SERVERS + 1), up == UPSTREAMS * SERVERS + 1);
    }

    private void cost(Etcd etcd, Elb elb) throws Exception {
        // The servers have the second.
        keepTo("0", elb);
        double with = percent(elb);
        become(State.WITHOUT, etcd, elb);
        double without = percent(elb);
        report.promise(
                String.format(Locale.ROOT, "%,d checks a second: less than %.0f %% of a core",
                        UPSTREAMS * SERVERS / 5, MOST_PERCENT),
                String.format(Locale.ROOT, "%.2f %% with, %.2f %% without", with, without),
                with - without < MOST_PERCENT);
        try (BareChecks bare = bare()) {
            double used = bare.cpuMillis();
            TimeUnit.SECONDS.sleep(QUIET_SECONDS);
            double percent = (bare.cpuMillis() - used) / (QUIET_SECONDS * 10.0);
            report.note("what bare requests and answers cost", "%.2f %%", percent);
        }
        keepTo(PROCESSORS, elb);
    }

    /** ELB and what it is held against use these processors from now on. */
    private static void keepTo(String processors, Elb elb) throws Exception {
        for (long process : List.of(elb.pid(), ProcessHandle.current().pid())) {
            run("taskset", "--all-tasks", "--cpu-list", "--pid", processors, Long.toString(process));
        }
    }

    /** Has what answers checks run when nothing else wants to: servers are elsewhere, and take no time from requests here. */
    private void letServersGiveWay() throws Exception {
        List<ProcessHandle> workers = servers.stream()
                .flatMap(server -> ProcessHandle.of(server).orElseThrow().children())
                .toList();
        for (ProcessHandle worker : workers) {
            run("chrt", "--idle", "--pid", "0", Long.toString(worker.pid()));
        }
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
    }

    private static BareChecks bare() throws IOException {
        return new BareChecks(FIRST_PORT, UPSTREAMS * SERVERS, UPSTREAMS * SERVERS / 5.0);
    }

    private static double percent(Elb elb) throws Exception {
        long used = elb.cpuMillis();
        long begun = System.nanoTime();
        TimeUnit.SECONDS.sleep(QUIET_SECONDS);
        double millis = (System.nanoTime() - begun) / 1e6;
        return (elb.cpuMillis() - used) / millis * 100;
    }

    private void alternate(Etcd etcd, Elb elb) throws Exception {
        List<State> order = new ArrayList<>(List.of(State.values()));
        for (int round = 0; round < ROUNDS; round++) {
            for (State state : order) {
                become(state, etcd, elb);
                // What the change of a thousand policies has left behind is collected here, not in some of the windows.
                elb.memory();
                SteadyLoad window = window(state);
                report.note("load " + state.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " checks", "%s", window);
                windows.computeIfAbsent(state, first -> new ArrayList<>()).add(window);
            }
            // Every other round goes backwards, so that a machine that slows down favours nobody.
            Collections.reverse(order);
        }
    }

    private SteadyLoad window(State state) throws Exception {
        if (state != State.BESIDE_BARE) {
            return SteadyLoad.during(place, SECONDS, () -> {});
        }
        try (BareChecks bare = bare()) {
            return SteadyLoad.during(place, SECONDS, () -> {});
        }
    }

    private void report() {
        double without = median(State.WITHOUT, SteadyLoad::p99);
        double with = median(State.WITH, SteadyLoad::p99);
        int errors = windows.get(State.WITH).stream().mapToInt(SteadyLoad::errors).sum();
        report.promise(
                String.format(Locale.ROOT, "p99 of other requests with checks at most %.2f times that without and %.1f ms, no errors",
                        MOST_FACTOR, MOST_MORE_MILLIS),
                String.format(Locale.ROOT, "%.2f ms with, %.2f ms without, %.2f ms beside bare ones, %d errors",
                        with, without, median(State.BESIDE_BARE, SteadyLoad::p99), errors),
                with <= MOST_FACTOR * without + MOST_MORE_MILLIS && errors == 0);
    }

    private double median(State state, ToIntFunction<SteadyLoad> figure) {
        int[] sorted = windows.get(state).stream().mapToInt(figure).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2e3;
    }
}
