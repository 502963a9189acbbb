package io.erulb.store;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A file that is written again as long as it is to stay. */
final class FolderLease implements Annex.Lease {
    private final FolderAnnex annex;
    private final String path;
    private @Nullable String text;

    FolderLease(FolderAnnex annex, String path) {
        this.annex = annex;
        this.path = path;
    }

    @Override
    public void put(String newText) throws StoreException {
        annex.putAll(Map.of(path, newText));
        text = newText;
    }

    @Override
    public void renew() throws StoreException {
        if (text != null) {
            put(text);
        }
    }

    @Override
    public void close() throws StoreException {
        text = null;
        annex.deleteAll(List.of(path));
    }
}
