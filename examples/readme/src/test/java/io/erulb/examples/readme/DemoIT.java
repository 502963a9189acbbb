package io.erulb.examples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DemoIT {
    private static final Path ROOT = Path.of(System.getProperty("elb.root"));

    @Test
    void everyPrintedRequestIsAnsweredAsPrintedAndCtrlCEndsIt() throws Exception {
        Process demo = start();
        try {
            List<String> lines = readUntil(demo, "Ctrl-C ends it.");

            Map<String, String> promised = promised(lines);
            assertThat(promised).hasSize(4);
            for (Map.Entry<String, String> each : promised.entrySet()) {
                assertThat(bash(each.getKey())).isEqualTo(each.getValue());
            }

            bash("kill -INT " + demo.pid());
            assertThat(demo.waitFor()).isZero();
        } finally {
            demo.destroyForcibly();
        }
    }

    private static Process start() throws IOException {
        // A shell that starts the tests in the background has its children ignore Ctrl-C.
        ProcessBuilder builder =
                new ProcessBuilder("env", "--default-signal=INT", "./elb", "demo").directory(ROOT.toFile());
        builder.environment().put("LISTEN", "127.0.0.1:0");
        return builder.redirectErrorStream(true).start();
    }

    private static List<String> readUntil(Process process, String last) throws IOException {
        BufferedReader output = process.inputReader();
        List<String> lines = new ArrayList<>();
        for (String line = output.readLine(); line != null && !line.equals(last); line = output.readLine()) {
            lines.add(line);
        }
        return lines;
    }

    /** Each command with the line that stands below it. */
    private static Map<String, String> promised(List<String> lines) {
        Map<String, String> promised = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("  curl ")) {
                promised.put(lines.get(i).strip(), lines.get(i + 1).strip());
            }
        }
        return promised;
    }

    private static String bash(String command) throws IOException {
        Process process = new ProcessBuilder("bash", "-c", command).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
