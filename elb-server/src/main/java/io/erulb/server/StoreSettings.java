package io.erulb.server;

import io.erulb.store.ConfigStore;
import io.erulb.store.FileStore;
import io.erulb.store.MemoryStore;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Which store keeps the configuration. */
public sealed interface StoreSettings {

    /**
     * Opens the store. One that is away is no failure: it is tried again and again.
     *
     * @param name the name of this ELB, the first part of every key; a folder is one ELB's own
     * @throws UncheckedIOException when a folder can't be used
     */
    ConfigStore open(String name);

    /**
     * What a copy of the configuration is of, null where there is nothing to be away from.
     *
     * @param name the name of this ELB
     */
    @Nullable
    String origin(String name);

    /** Reads {@code STORE} and, where it is etcd, how etcd is reached. */
    static StoreSettings read(SettingsReader settings) {
        EtcdSettings etcd = EtcdSettings.read(settings);
        SettingsReader.Expected<StoreSettings> expected =
                new SettingsReader.Expected<>("etcd, memory, or file: and a folder", text -> parse(text, etcd));
        return settings.parsed("STORE", new Etcd(etcd), expected);
    }

    private static @Nullable StoreSettings parse(String text, EtcdSettings etcd) {
        Path folder = text.startsWith("file:") && text.length() > 5 ? ServerConfig.path(text.substring(5)) : null;
        if (folder != null) {
            return new Folder(folder);
        }
        return text.equals("memory") ? new Memory() : text.equals("etcd") ? new Etcd(etcd) : null;
    }

    /** etcd, version 3. */
    record Etcd(EtcdSettings settings) implements StoreSettings {
        @Override
        public ConfigStore open(String name) {
            return settings.open(name);
        }

        /** Without addresses: etcd may move. */
        @Override
        public String origin(String name) {
            return "etcd /" + name + '/';
        }
    }

    /** This process alone; what is dumped is gone with it. */
    record Memory() implements StoreSettings {
        @Override
        public ConfigStore open(String name) {
            return new MemoryStore();
        }

        @Override
        public @Nullable String origin(String name) {
            return null;
        }
    }

    /** A folder that mirrors the keys. */
    record Folder(Path folder) implements StoreSettings {
        @Override
        public ConfigStore open(String name) {
            return new FileStore(folder);
        }

        @Override
        public String origin(String name) {
            return "folder " + folder.toAbsolutePath().normalize();
        }
    }
}
