package io.erulb.server;

import io.erulb.rules.FilterTypes;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds filter types in the jars of a folder, beside the installed ones. */
final class Plugins {
    private Plugins() {}

    /**
     * The installed filter types and those of every jar in the folder.
     *
     * @param folder where jars are, or null for none
     * @throws ServerConfigException when a jar can't be read, a provider can't be loaded, or two have one type
     */
    static FilterTypes filterTypes(@Nullable Path folder) {
        if (folder == null) {
            return FilterTypes.installed();
        }
        try {
            URL[] jars = jars(folder);
            ClassLoader parent = Plugins.class.getClassLoader();
            return FilterTypes.load(new URLClassLoader("plugins", jars, parent));
        } catch (IOException | IllegalStateException | ServiceConfigurationError broken) {
            throw new ServerConfigException(List.of("PLUGINS: " + folder + ": " + broken.getMessage()));
        }
    }

    private static URL[] jars(Path folder) throws IOException {
        List<URL> urls = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path jar : files.filter(Plugins::isJar).sorted().toList()) {
                urls.add(url(jar));
            }
        }
        return urls.toArray(URL[]::new);
    }

    private static boolean isJar(Path file) {
        return file.getFileName().toString().endsWith(".jar") && Files.isRegularFile(file);
    }

    private static URL url(Path jar) throws MalformedURLException {
        return jar.toUri().toURL();
    }
}
