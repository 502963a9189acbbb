package io.erulb.server.shell;

import io.erulb.admin.LoggedRequest;
import io.erulb.rules.Explanation;
import io.erulb.rules.RequestFacts;
import io.erulb.rules.RuleGraph;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Explains the lines of an access log by the rules of a document, one after the other. For one log. */
final class LoggedLines {
    private final RuleGraph graph;
    private final PrintWriter out;
    private int number;
    private int explained;
    private int unexplained;
    private int others;
    private int differing;

    private LoggedLines(RuleGraph graph, PrintWriter out) {
        this.graph = graph;
        this.out = out;
    }

    /**
     * Explains a log.
     *
     * @param log a file, or {@code -} for standard input
     * @return whether every request of the rules' domain that could be explained would go the way it went, unless none could
     * @throws IOException when the log can't be read, with a sentence for people
     */
    static boolean explain(String log, RuleGraph graph, PrintWriter out) throws IOException {
        LoggedLines lines = new LoggedLines(graph, out);
        try (BufferedReader in = log.equals("-")
                ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                : Files.newBufferedReader(Path.of(log))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.line(line);
            }
        } catch (NoSuchFileException missing) {
            throw new IOException(log + ": there is no such file", missing);
        }
        lines.sum();
        return lines.differing == 0 && (lines.explained > 0 || lines.unexplained == 0);
    }

    /** A line that rules can't be asked about, such as one that was cut or is half written, ends nothing. */
    private void line(String line) {
        number++;
        if (line.isBlank()) {
            return;
        }
        try {
            LoggedRequest logged = LoggedRequest.parse(line);
            if (graph.domain().equals(logged.domain())) {
                explain(logged);
            } else {
                others++;
            }
        } catch (IllegalArgumentException bad) {
            unexplained++;
            out.println("line " + number + " can't be explained: " + bad.getMessage());
            out.println();
        }
    }

    private void explain(LoggedRequest logged) {
        RequestFacts request = logged.request();
        Explanation explanation = graph.explain(request);
        boolean same = explanation.path().equals(logged.path());
        explained++;
        differing += same ? 0 : 1;
        out.println(request + " from " + request.client().getHostAddress());
        out.print(explanation.toText());
        out.println("logged: " + logged.path() + (same ? ", the same" : ", which is not the same"));
        if (!same) {
            sayWhetherThereIsSuchAWay(logged);
        }
        out.println();
    }

    private void sayWhetherThereIsSuchAWay(LoggedRequest logged) {
        try {
            graph.replay(logged.path());
        } catch (IllegalArgumentException noSuchWay) {
            out.println("   these rules have no such way: " + noSuchWay.getMessage());
        }
    }

    private void sum() {
        if (differing > 0) {
            out.println(differing + " would go another way; fields that were not logged may make the difference");
        }
        if (unexplained > 0) {
            out.println(unexplained + " could not be explained");
        }
        if (others > 0) {
            out.println(others + " of other domains were left out");
        }
        out.flush();
    }
}
