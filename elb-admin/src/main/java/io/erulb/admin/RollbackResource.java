package io.erulb.admin;

import io.erulb.routing.ConfigSource;
import io.erulb.routing.PastChange;
import io.erulb.routing.SourceException;
import java.util.List;
import java.util.Map;

/** {@code rollback}: takes a change back, by a new one that is like any other write. */
final class RollbackResource implements Resource {
    private final ConfigSource source;
    private final Changes changes;
    private final ConfigTags tags;

    RollbackResource(ConfigSource source, Changes changes, ConfigTags tags) {
        this.source = source;
        this.changes = changes;
        this.tags = tags;
    }

    @Override
    public String name() {
        return "rollback";
    }

    @Override
    public Map<String, Action> actions() {
        return Map.of("POST", this::post);
    }

    private Answer post(AdminRequest request) {
        try {
            PastChange change = HistoryResource.find(source, request.item());
            Edits edits = new Edits(change.back(), List.of());
            return changes.apply(request.with(request.options().takingBack(change)), edits, tags::config, Answer.OK);
        } catch (SourceException away) {
            return Changes.refused(away);
        }
    }
}
