package io.erulb.server;

import io.erulb.rules.FilterTypes;
import io.erulb.upstream.BalancerTypes;
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

/**
 * The types of filter and balancer there are: the installed ones and those in the jars of a folder. Immutable.
 *
 * @param filters what rules may name
 * @param balancers what policies may name
 */
record Plugins(FilterTypes filters, BalancerTypes balancers) {

    /**
     * Looks for types.
     *
     * @param folder where jars are, or null for none
     * @throws ServerConfigException when a jar can't be read, a provider can't be loaded, or two have one type
     */
    static Plugins load(@Nullable Path folder) {
        if (folder == null) {
            return new Plugins(FilterTypes.installed(), BalancerTypes.installed());
        }
        try {
            ClassLoader loader = new URLClassLoader("plugins", jars(folder), Plugins.class.getClassLoader());
            return new Plugins(FilterTypes.load(loader), BalancerTypes.load(loader));
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
