package io.erulb.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Jars as people drop them into {@code PLUGINS}. */
final class Plugin {
    private Plugin() {}

    /** Writes a jar that announces one provider, and does not have it. */
    static void write(Path jar, String service, String provider) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            announce(out, service, provider);
        }
    }

    /** Writes a jar with a provider of ours that is one class. */
    static void write(Path jar, String service, Class<?> provider) throws IOException {
        String file = provider.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                InputStream compiled = provider.getClassLoader().getResourceAsStream(file)) {
            announce(out, service, provider.getName());
            out.putNextEntry(new JarEntry(file));
            Objects.requireNonNull(compiled, file).transferTo(out);
            out.closeEntry();
        }
    }

    private static void announce(JarOutputStream out, String service, String provider) throws IOException {
        out.putNextEntry(new JarEntry("META-INF/services/" + service));
        out.write(provider.getBytes(StandardCharsets.UTF_8));
        out.closeEntry();
    }
}
