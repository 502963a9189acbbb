package io.erulb.server;

import io.erulb.routing.ChangeAuthor;
import io.erulb.rules.FilterTypes;
import io.erulb.server.imports.ImportCommand;
import io.erulb.store.ChangeHistory;
import io.erulb.store.ConfigStore;
import io.erulb.store.StoreException;
import io.erulb.store.StoredChange;
import io.erulb.store.StoredConfig;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The store that a server with the same settings would use, as the destination of an import. For one thread. */
final class ImportStore implements ImportCommand.Destination {
    private final ServerConfig config;
    private final boolean toWrite;
    private final CloseStack opened = new CloseStack();
    private final ConfigStore store;
    private final ChangeLog log;

    private ImportStore(ServerConfig config, boolean toWrite) {
        this.config = config;
        this.toWrite = toWrite;
        this.store = opened.add(config.store().open(config.name()));
        ChangeHistory history = new ChangeHistory(store, ElbServer.KEPT_CHANGES, Clock.systemUTC());
        this.log = opened.add(new ChangeLog(history));
    }

    /**
     * Opens it.
     *
     * @throws ServerConfigException when settings are bad, or name a store that is of no use to write to
     */
    static ImportStore open(Map<String, String> environment, boolean toWrite) {
        ServerConfig config = ServerConfig.of(environment);
        if (toWrite && config.store() instanceof StoreSettings.Memory) {
            throw new ServerConfigException(
                    List.of("STORE: memory is gone with this process (expected: etcd, or file: and a folder)"));
        }
        return new ImportStore(config, toWrite);
    }

    @Override
    public String elbName() {
        return config.name();
    }

    @Override
    public FilterTypes filters() {
        return Plugins.load(config.plugins()).filters();
    }

    @Override
    public String description() {
        return store.status().description();
    }

    /** A folder that isn't there is made when it is opened: who only looks takes it for empty. */
    @Override
    public StoredConfig load() throws StoreException {
        boolean absent = config.store() instanceof StoreSettings.Folder folder && !Files.exists(folder.folder());
        return absent && !toWrite ? StoredConfig.EMPTY : store.load();
    }

    @Override
    public long commit(StoredConfig base, List<StoredChange> changes, String message) throws StoreException {
        return store.commit(base, changes, log.prepare(new ChangeAuthor("import", message), base, changes));
    }

    @Override
    public void close() {
        opened.close();
    }
}
