package io.erulb.rules.analysis;

import io.erulb.rules.FilterTypes;
import io.erulb.rules.RuleGraph;
import io.erulb.rules.RuleSet;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The analysis of 200 rules of regular patterns, one after the other along fail. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@SuppressWarnings("missing-explicit-ctor") // JMH makes them
public class AnalysisBenchmark {
    private static final int RULES = 200;

    @Param({"PREFIXES", "ANYWHERE", "SHADOWED", "TANGLED"})
    public Kind kind;

    private RuleGraph graph;

    /** What the patterns are like. */
    public enum Kind {
        /** {@code ^/app17/(\S+)$}. */
        PREFIXES {
            @Override
            String pattern(int i) {
                return "^/app" + i + "/(\\\\S+)$";
            }
        },
        /** {@code (team17|group17)/[a-z]+[0-9]*}. */
        ANYWHERE {
            @Override
            String pattern(int i) {
                return "(team" + i + "|group" + i + ")/[a-z]+[0-9]*";
            }
        },
        /** Each second pattern matches only what the one before does. */
        SHADOWED {
            @Override
            String pattern(int i) {
                return i % 2 == 0 ? "^/app" + i + "/" : "^/app" + (i - 1) + "/[a-z]+/[0-9]{2,4}$";
            }
        },
        /** Each tenth one is ruled out by several together. */
        TANGLED {
            @Override
            String pattern(int i) {
                int ten = i / 10 * 10;
                return i % 10 < 9 ? "^/x" + ten + "/" + (char) ('a' + i % 10) + ".*" : "^/x" + ten + "/[a-i]+$";
            }
        };

        abstract String pattern(int i);
    }

    /** Compiles the rules. */
    @Setup
    public void compile() {
        StringBuilder json = new StringBuilder("{\"init\":\"r0\",\"rules\":{");
        for (int i = 0; i < RULES; i++) {
            String fail = i + 1 < RULES ? ",\"fail\":\"r" + (i + 1) + "\"" : "";
            json.append("\"r%d\":{\"type\":\"path\",\"args\":{\"regex\":true,\"pattern\":\"%s\",\"succ\":\"up\"%s}},"
                    .formatted(i, kind.pattern(i), fail));
        }
        json.append("\"up\":{\"type\":\"backend\",\"args\":{\"servername\":\"up1\"}}}}");
        graph = RuleGraph.compile("t.local", RuleSet.parse(json.toString()), FilterTypes.installed());
    }

    /** All of it, from the compiled graph to the findings. */
    @Benchmark
    public RuleAnalysis analyse() {
        return new RuleAnalysis(graph);
    }
}
