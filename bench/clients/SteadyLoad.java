import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long answers took to requests at a fixed rate, in microseconds, and how many did not come. */
record SteadyLoad(int median, int p99, int worst, int errors) {
    private static final String CONNECTIONS = "16";
    private static final String REQUESTS_PER_SECOND = "1000";
    private static final Pattern RESULT = Pattern.compile("p50=(\\d+) p99=(\\d+) max=(\\d+) errors=(\\d+)");

    /** What goes on beside the load. */
    interface Beside {
        void run() throws Exception;
    }

    /** Sends requests to bench.local for so long, by a process of its own. */
    static SteadyLoad during(Place place, int seconds, Beside beside) throws Exception {
        Process client = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), "RateClient",
                        Integer.toString(place.elb()), "/blog/small", CONNECTIONS, REQUESTS_PER_SECOND,
                        Integer.toString(seconds)))
                .redirectErrorStream(true)
                .start();
        try {
            // Its first second is not timed.
            TimeUnit.SECONDS.sleep(1);
            beside.run();
            return parse(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } finally {
            client.destroyForcibly();
        }
    }

    private static SteadyLoad parse(String text) throws IOException {
        Matcher result = RESULT.matcher(text);
        if (!result.find()) {
            throw new IOException("the load failed: " + text);
        }
        return new SteadyLoad(
                Integer.parseInt(result.group(1)),
                Integer.parseInt(result.group(2)),
                Integer.parseInt(result.group(3)),
                Integer.parseInt(result.group(4)));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "p50 %.2f ms, p99 %.2f ms, max %.1f ms, %d errors",
                median / 1e3,
                p99 / 1e3,
                worst / 1e3,
                errors);
    }
}
