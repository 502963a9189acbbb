package io.erulb.server.imports;

import io.erulb.store.KeyLayout;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where configuration comes from. Immutable. */
sealed interface Source {
    /** An etcd's port where its URL has none. */
    int ETCD_PORT = 2379;

    /** As it was given. */
    String name();

    /**
     * Reads all of it.
     *
     * @param layout where our keys stand in an etcd
     * @throws UnreadableException when nothing can be taken from it
     */
    Findings read(KeyLayout layout) throws UnreadableException;

    /**
     * The source that an argument means: an http or https URL is an etcd, all else a file.
     *
     * @throws IllegalArgumentException when it is neither, with what is expected
     */
    static Source of(String argument) {
        if (argument.regionMatches(true, 0, "http://", 0, 7) || argument.regionMatches(true, 0, "https://", 0, 8)) {
            URI address = address(argument);
            if (address == null) {
                String shown = argument.replaceFirst("//.*@", "//...@");
                throw new IllegalArgumentException(shown + " (expected: http://HOST:PORT, without user and path)");
            }
            return new Etcd(argument, address);
        }
        try {
            return new File(argument, Path.of(argument));
        } catch (InvalidPathException noPath) {
            throw new IllegalArgumentException(argument + " (expected: http://HOST:PORT or a file)", noPath);
        }
    }

    private static @Nullable URI address(String url) {
        try {
            URI uri = new URI(url).parseServerAuthority();
            boolean bare = uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null;
            boolean root = uri.getPath().isEmpty() || uri.getPath().equals("/");
            int port = uri.getPort() == -1 ? ETCD_PORT : uri.getPort();
            return bare && root ? new URI(uri.getScheme(), null, uri.getHost(), port, null, null, null) : null;
        } catch (URISyntaxException noServer) {
            return null;
        }
    }

    /** The keys of an etcd, by version 2 of its API. */
    record Etcd(String name, URI address) implements Source {
        @Override
        public Findings read(KeyLayout layout) throws UnreadableException {
            return EtcdTree.read(new EtcdV2().keys(address, layout.elbName()), Place.of(name), layout);
        }
    }

    /** A file: a tree of such keys when it begins with a brace, else a configuration of nginx. */
    record File(String name, Path path) implements Source {
        @Override
        public Findings read(KeyLayout layout) throws UnreadableException {
            byte[] bytes = bytes();
            String text = BoundedText.utf8(bytes);
            return text == null
                    ? latin1(bytes)
                    : text.stripLeading().startsWith("{") ? tree(text, layout) : nginx(text);
        }

        private Findings tree(String json, KeyLayout layout) throws UnreadableException {
            return EtcdTree.read(json, Place.of(name), layout);
        }

        private Findings nginx(String text) throws UnreadableException {
            return NginxConfig.read(text, name);
        }

        /** nginx reads bytes and takes those beyond ASCII as they are; JSON is nothing but UTF-8. */
        private Findings latin1(byte[] bytes) throws UnreadableException {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            if (text.stripLeading().startsWith("{")) {
                throw new UnreadableException("it is JSON and not UTF-8");
            }
            Findings found = nginx(text);
            found.warn(Place.of(name), "it is not UTF-8 and was read as Latin-1");
            return found;
        }

        private byte[] bytes() throws UnreadableException {
            try (InputStream stream = Files.newInputStream(path)) {
                return BoundedText.bytes(stream);
            } catch (IOException unreadable) {
                throw new UnreadableException("it can't be read: " + unreadable);
            }
        }
    }
}
