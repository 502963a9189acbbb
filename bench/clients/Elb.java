import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The server, run by {@code ./elb} with its configuration in etcd and its admin API on a listener of its own. */
final class Elb implements AutoCloseable {
    private static final int TICK_MILLIS = 10;

    /** Another process tells nobody that it listens now, or has something in force: it has to be asked. */
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Process process;
    private final Place place;
    private final Path log;

    private Elb(Process process, Place place, Path log) {
        this.process = process;
        this.place = place;
        this.log = log;
    }

    private static Path log(Place place) {
        return place.work().resolve("elb.log");
    }

    /** Shows what the server that ran last had to say. */
    static void printLog(Place place) throws IOException {
        if (Files.exists(log(place))) {
            System.out.print("The server's log:\n" + Files.readString(log(place)));
        }
    }

    /** Begins to start it. */
    static Elb launch(Place place) throws IOException {
        Path log = log(place);
        ProcessBuilder builder = new ProcessBuilder(place.root().resolve("elb").toString());
        builder.environment().put("LISTEN", "127.0.0.1:" + place.elb());
        builder.environment().put("ADMIN_LISTEN", "127.0.0.1:" + place.admin());
        builder.environment().put("STORE", "etcd");
        builder.environment().put("ETCD", "127.0.0.1:" + place.etcd());
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
                .start();
        return new Elb(process, place, log);
    }

    /** Starts it and waits until it listens. */
    static Elb start(Place place) throws Exception {
        Elb elb = launch(place);
        elb.connect().close();
        return elb;
    }

    /** A connection for requests, as soon as there can be one. */
    Probe connect() throws Exception {
        return connect(place.elb());
    }

    private Probe connect(int port) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            try {
                return new Probe(port);
            } catch (ConnectException notYet) {
                if (!process.isAlive() || System.nanoTime() - end > 0) {
                    throw new IOException("ELB did not start: " + Files.readString(log), notYet);
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }

    /** What the admin API answers, as JSON. */
    JsonObject admin(String resource) throws Exception {
        try (Probe admin = connect(place.admin())) {
            return JsonParser.parseString(admin.get("127.0.0.1", "/__erulb__/" + resource)).getAsJsonObject();
        }
    }

    /** Waits until all that was written up to a revision is in force; answers the status then. */
    JsonObject awaitRevision(long revision, Duration most) throws Exception {
        long end = System.nanoTime() + most.toNanos();
        JsonObject status = admin("status");
        while (status.get("revision").getAsLong() < revision) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("revision " + revision + " is not in force after " + most.toSeconds() + " s: " + status);
            }
            LockSupport.parkNanos(POLL_NANOS);
            status = admin("status");
        }
        return status;
    }

    /** Memory now, after a collection: what is alive is counted in the same pause as garbage is collected. */
    Memory memory() throws Exception {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process asked = new ProcessBuilder(jcmd, Long.toString(process.pid()), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String text = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (asked.waitFor() != 0) {
            throw new IOException(text);
        }
        String total = text.substring(text.lastIndexOf("\nTotal")).trim();
        return new Memory(rssKib(), Long.parseLong(total.split("\\s+")[2]) / 1024);
    }

    private long rssKib() throws IOException {
        return Long.parseLong(Files.readAllLines(proc("status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .findFirst()
                .orElseThrow()
                .replaceAll("\\D", ""));
    }

    long threads() throws IOException {
        return count("task");
    }

    long descriptors() throws IOException {
        return count("fd");
    }

    private long count(String folder) throws IOException {
        try (Stream<Path> entries = Files.list(proc(folder))) {
            return entries.count();
        }
    }

    long pid() {
        return process.pid();
    }

    /** Processor time used so far, in steps of 10 ms. */
    long cpuMillis() throws IOException {
        String stat = Files.readString(proc("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_MILLIS;
    }

    private Path proc(String name) {
        return Path.of("/proc/" + process.pid() + "/" + name);
    }

    @Override
    public void close() throws Exception {
        process.destroyForcibly().waitFor();
    }
}
