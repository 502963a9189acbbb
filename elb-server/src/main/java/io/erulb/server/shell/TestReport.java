package io.erulb.server.shell;

import io.erulb.rules.TestResult;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/** Prints how tests came out for people, a line for each and the way of those that failed. For one thread. */
final class TestReport {
    private static final String INDENT = "        ";

    private final PrintWriter out;
    private final Ansi ansi;

    TestReport(PrintWriter out, Ansi ansi) {
        this.out = out;
        this.ansi = ansi;
    }

    void print(List<TestedFile> files) {
        files.forEach(this::print);
        long tests = files.stream().mapToLong(file -> file.results().size()).sum();
        long failed = files.stream().mapToLong(TestedFile::failed).sum();
        long faulty = files.stream().filter(file -> !file.faults().isEmpty()).count();
        out.println(count(tests, "test") + ", " + failed + " failed"
                + (faulty == 0 ? "" : ", " + count(faulty, "file") + " not tested"));
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private void print(TestedFile file) {
        file.faults().forEach(fault -> out.println(ansi.string("@|bold,red FAULTY|@  ") + fault));
        file.results().forEach(result -> print(file, result));
    }

    private void print(TestedFile file, TestResult result) {
        String place = file.file() + ": " + result.name();
        if (result.passed()) {
            out.println(ansi.string("@|green ok|@      ") + place);
            return;
        }
        out.println(ansi.string("@|bold,red FAILED|@  ") + place + ": expected " + result.expected() + ", found "
                + result.found());
        result.explanation().toText().lines().forEach(line -> out.println(INDENT + line));
    }
}
