package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The server's jar, run as an operator runs it. */
final class ServerProcess implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("listening on (\\S+:\\d+)");
    /** The collector that {@code ./elb} chooses, and no compiler that pays off after minutes only. */
    private static final List<String> SHORT_LIFE = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private static final Duration WAIT = Duration.ofSeconds(30);

    /** Between two looks, for the processes that are waited for. */
    private static final long PAUSE_NANOS = 2_000_000L;

    private final Process process;
    private final List<String> lines = new ArrayList<>();

    private ServerProcess(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "server-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Runs the jar with only these settings, as {@code NAME=value NAME=value}, and returns at once. */
    static ServerProcess run(String settings, String... arguments) throws IOException {
        return run(ClassArchive.jvmOptions(), settings, arguments);
    }

    /** Runs the jar as {@link #run(String, String...)} does, with these options of the JVM. */
    static ServerProcess run(List<String> jvmOptions, String settings, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(SHORT_LIFE);
        command.addAll(jvmOptions);
        command.addAll(List.of("-jar", System.getProperty("elb.jar")));
        command.addAll(List.of(arguments));
        return start(command, settings);
    }

    /** Runs the jar as {@link #start} does, with so many file descriptors at most. */
    static ServerProcess startWithDescriptors(int most, String settings) throws IOException, InterruptedException {
        String limited = "ulimit -n " + most + " && exec \"$0\" -jar \"$1\"";
        ServerProcess server = start(
                List.of("bash", "-c", limited, java(), System.getProperty("elb.jar")),
                "LISTEN=127.0.0.1:0 " + settings);
        server.uri();
        return server;
    }

    private static ServerProcess start(List<String> command, String settings) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeAll(ServerConfig.settingNames());
        environment.putAll(Settings.parse(settings));
        return new ServerProcess(builder.redirectErrorStream(true).start());
    }

    /** Runs the jar on a free port of the loopback interface and returns when it listens. */
    static ServerProcess start(String settings) throws IOException, InterruptedException {
        ServerProcess server = run("LISTEN=127.0.0.1:0 " + settings);
        server.uri();
        return server;
    }

    /** Starts one for each of these settings, all at a time, and returns when they listen. */
    static List<ServerProcess> startAll(List<String> settings) throws IOException, InterruptedException {
        List<ServerProcess> servers = new ArrayList<>();
        for (String each : settings) {
            servers.add(run("LISTEN=127.0.0.1:0 " + each));
        }
        for (ServerProcess server : servers) {
            server.uri();
        }
        return servers;
    }

    /** Where it listens, once it does. */
    URI uri() throws InterruptedException {
        return URI.create("http://" + await(LISTENING).group(1));
    }

    /** Waits for a line that has the pattern in it. */
    synchronized Matcher await(Pattern pattern) throws InterruptedException {
        long end = System.nanoTime() + WAIT.toNanos();
        while (System.nanoTime() < end) {
            for (String line : lines) {
                Matcher matcher = pattern.matcher(line);
                if (matcher.find()) {
                    return matcher;
                }
            }
            if (!process.isAlive() && lines.contains("")) {
                break;
            }
            wait(50);
        }
        throw new AssertionError("no line has " + pattern + " in it:\n" + String.join("\n", lines));
    }

    /** Asks for a URL until the answer is as expected, for at most ten seconds. */
    void awaitBody(String url, String body) throws Exception {
        awaitBody(url, body, Duration.ofSeconds(10));
    }

    /** Asks for a URL until the answer is as expected. */
    void awaitBody(String url, String body, Duration most) throws Exception {
        long end = System.nanoTime() + most.toNanos();
        String last = "";
        while (!last.equals(body) && System.nanoTime() < end) {
            last = Http.get(URI.create(url), "").body();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        assertThat(last).isEqualTo(body);
    }

    /** Waits until it has so many file descriptors open. */
    void awaitDescriptors(int count) throws IOException {
        long end = System.nanoTime() + WAIT.toNanos();
        while (descriptors() != count) {
            if (System.nanoTime() > end) {
                throw new AssertionError(descriptors() + " descriptors, not " + count + ":\n" + output());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** What it takes, for people: resident memory, threads, file descriptors. */
    String footprint() throws IOException {
        Map<String, String> figures = Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .collect(Collectors.toMap(
                        line -> line.replaceFirst(":.*", ""), line -> line.replaceFirst(".*:\\s*", "")));
        return figures.get("VmRSS") + " resident, " + figures.get("Threads") + " threads, " + descriptors()
                + " descriptors";
    }

    private long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            return open.count();
        }
    }

    /** What is alive on its heap, in a file. */
    void dumpHeap(Path file) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        List<String> command = List.of(jcmd, Long.toString(process.pid()), "GC.heap_dump", file.toString());
        Process dump = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(dump.waitFor()).as(said).isZero();
        assertThat(file).exists();
    }

    /** Asks it to end, as service managers do. */
    void terminate() {
        process.destroy();
    }

    /** Stops it where it is: its connections stay open and nothing is answered. */
    void suspend() throws IOException, InterruptedException {
        signal("-STOP");
    }

    /** Goes on after {@link #suspend}. */
    void resume() throws IOException, InterruptedException {
        signal("-CONT");
    }

    /** Tells it that its log was moved away. */
    void hangUp() throws IOException, InterruptedException {
        signal("-HUP");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        List<String> command = List.of("sh", "-c", "kill " + signal + " " + process.pid());
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    }

    /** The exit code, once it has ended. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("still running:\n" + output());
        }
        return process.exitValue();
    }

    /** Everything it has printed so far. */
    synchronized String output() {
        return String.join("\n", lines);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private void read() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                keep(line);
            }
        } catch (IOException ended) {
            // The process is gone, and with it its output.
        }
        keep("");
    }

    private synchronized void keep(String line) {
        lines.add(line);
        notifyAll();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
