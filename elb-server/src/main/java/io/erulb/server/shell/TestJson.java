package io.erulb.server.shell;

import com.google.gson.stream.JsonWriter;
import io.erulb.rules.TestResult;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** How tests came out, for a program. No instances. */
final class TestJson {
    private TestJson() {}

    static String of(List<TestedFile> files) {
        StringWriter text = new StringWriter();
        try {
            write(new JsonWriter(text), files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonWriter out, List<TestedFile> files) throws IOException {
        out.beginArray();
        for (TestedFile file : files) {
            out.beginObject().name("file").value(file.file().toString());
            out.name("faults").beginArray();
            for (String fault : file.faults()) {
                out.value(fault);
            }
            out.endArray().name("tests").beginArray();
            for (TestResult result : file.results()) {
                write(out, result);
            }
            out.endArray().endObject();
        }
        out.endArray();
    }

    private static void write(JsonWriter out, TestResult result) throws IOException {
        out.beginObject().name("name").value(result.name());
        out.name("passed").value(result.passed());
        out.name("expected").value(result.expected());
        out.name("found").value(result.found());
        out.name("path").value(result.explanation().path());
        out.name("explanation").value(result.explanation().toText());
        out.endObject();
    }
}
