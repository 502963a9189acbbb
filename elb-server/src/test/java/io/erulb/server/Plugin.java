package io.erulb.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Jars as people drop them into {@code PLUGINS}. */
final class Plugin {
    private Plugin() {}

    /** Writes a jar that announces one provider. */
    static void write(Path jar, String service, String provider) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("META-INF/services/" + service));
            out.write(provider.getBytes(StandardCharsets.UTF_8));
            out.closeEntry();
        }
    }
}
