import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The server's jar in a process of its own, with its configuration in a folder. */
record Server(Process process, int port, Path folder) implements AutoCloseable {
    private static final int HEAP_MIB = 256;
    private static final Pattern LISTENING = Pattern.compile("listening on \\S+:(\\d+)");
    private static final Pattern USED = Pattern.compile("(?:def new|tenured) generation .*used (\\d+)K");

    static Server start(Path jar, Backend backend, int descriptors, Map<String, String> settings) throws Exception {
        Path folder = Files.createTempDirectory("elb-limits");
        Files.createDirectories(folder.resolve("rules"));
        Files.createDirectories(folder.resolve("upstreams/backend"));
        Files.writeString(
                folder.resolve("rules/*"),
                "{\"init\":\"p\",\"rules\":{"
                        + "\"p\":{\"type\":\"path\",\"args\":{\"pattern\":\"/respond\",\"succ\":\"r\",\"fail\":\"b\"}},"
                        + "\"r\":{\"type\":\"respond\",\"args\":{\"status\":200,\"body\":\"ok\"}},"
                        + "\"b\":{\"type\":\"backend\",\"args\":{\"servername\":\"backend\"}}}}");
        Files.writeString(folder.resolve("upstreams/backend/127.0.0.1:" + backend.port()), "");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                "bash",
                "-c",
                "ulimit -n " + descriptors + " && exec \"$0\" -XX:+UseSerialGC -Xms" + HEAP_MIB + "m -Xmx" + HEAP_MIB
                        + "m -XX:+AlwaysPreTouch -XX:ReservedCodeCacheSize=64m -jar \"$1\"",
                java,
                jar.toString());
        builder.environment().putAll(settings);
        builder.environment().putAll(Map.of("STORE", "file:" + folder, "LISTEN", "127.0.0.1:0"));
        Process process = builder.redirectErrorStream(true).start();
        return new Server(process, listening(process.inputReader()), folder);
    }

    private static int listening(BufferedReader log) throws IOException {
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            Matcher matcher = LISTENING.matcher(line);
            if (matcher.find()) {
                Thread reader =
                        new Thread(() -> log.lines().forEach(further -> System.out.println("  server: " + further)));
                reader.setDaemon(true);
                reader.start();
                return Integer.parseInt(matcher.group(1));
            }
            System.out.println("  server: " + line);
        }
        throw new IOException("the server did not start");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long rssKib() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Memory memory() throws Exception {
        jcmd("GC.run");
        Matcher used = USED.matcher(jcmd("GC.heap_info"));
        long heap = 0;
        while (used.find()) {
            heap += Long.parseLong(used.group(1));
        }
        return new Memory(rssKib(), heap);
    }

    private String jcmd(String command) throws Exception {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process asked = new ProcessBuilder(jcmd, Long.toString(process.pid()), command)
                .redirectErrorStream(true)
                .start();
        String text = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (asked.waitFor() != 0) {
            throw new IOException(text);
        }
        return text;
    }

    long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            return open.count();
        }
    }

    /** Processor time used over a time, as a share of one core; from clock ticks of 10 ms. */
    double cpuShare(Duration time) throws Exception {
        long before = cpuMillis();
        Thread.sleep(time.toMillis());
        return (cpuMillis() - before) / (double) time.toMillis();
    }

    private long cpuMillis() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 10;
    }

    @Override
    public void close() throws Exception {
        process.destroyForcibly().waitFor();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
