package io.erulb.examples.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs blocks of commands one after the other in one bash, as a reader would type them, and keeps what each printed. A
 * server started in the background has its port waited for, and is ended with the bash.
 */
final class Shell {
    private static final Pattern BACKGROUND = Pattern.compile("LISTEN=127\\.0\\.0\\.1:(\\d+).* &$", Pattern.MULTILINE);
    private static final String BEGIN = """
            set -euo pipefail
            trap 'kill $(jobs -p); wait' EXIT
            ready() {
              for ((i = 0; i < 300; i++)); do
                (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return
                sleep 0.1
              done
              return 1
            }
            """;

    private final Path folder;
    private final Path output;
    private final StringBuilder script = new StringBuilder(BEGIN);
    private int blocks;

    /** A shell in a folder, which keeps what is printed in another. */
    Shell(Path folder, Path output) {
        this.folder = folder;
        this.output = output;
    }

    /** Adds a block. */
    void add(String commands) {
        script.append("{\n")
                .append(commands)
                .append("\n} >")
                .append(output.resolve(String.valueOf(blocks++)))
                .append('\n');
        Matcher server = BACKGROUND.matcher(commands);
        while (server.find()) {
            script.append("ready ").append(server.group(1)).append('\n');
        }
    }

    /** Runs all blocks; returns what each printed. */
    List<String> run(Map<String, String> environment) throws IOException, InterruptedException {
        Path file = Files.writeString(output.resolve("script.sh"), script);
        Path errors = output.resolve("errors");
        ProcessBuilder bash = new ProcessBuilder("bash", file.toString()).directory(folder.toFile());
        bash.environment().putAll(environment);
        Process process = bash.redirectError(errors.toFile())
                .redirectOutput(errors.toFile())
                .start();
        if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError(script + "\nfailed:\n" + Files.readString(errors));
        }
        List<String> printed = new ArrayList<>();
        for (int block = 0; block < blocks; block++) {
            printed.add(Files.readString(output.resolve(String.valueOf(block))));
        }
        return printed;
    }
}
