package io.erulb.admin;

import com.google.gson.stream.JsonWriter;
import io.erulb.routing.RoutingFault;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong, as answers tell it. Immutable.
 *
 * @param members where it is and what, by the names they have in JSON, in order
 */
record ErrorEntry(Map<String, String> members) {

    static ErrorEntry of(RoutingFault fault) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put(fault.kind().word(), fault.name());
        put(members, fault.kind().partWord(), fault.part());
        put(members, "field", fault.field());
        put(members, "value", fault.value());
        members.put("message", fault.message());
        return new ErrorEntry(members);
    }

    /** A fault of the body as a whole. */
    static ErrorEntry of(String message) {
        return new ErrorEntry(Map.of("message", message));
    }

    /** A fault of one item of a list, counted from 0. */
    static ErrorEntry ofItem(int index, String value, String message) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("field", "[" + index + "]");
        members.put("value", value);
        members.put("message", message);
        return new ErrorEntry(members);
    }

    private static void put(Map<String, String> members, String name, @Nullable String value) {
        if (value != null) {
            members.put(name, value);
        }
    }

    /** Writes the members into an object that its caller has begun. */
    void writeMembers(JsonWriter out) throws IOException {
        for (Map.Entry<String, String> member : members.entrySet()) {
            out.name(member.getKey()).value(member.getValue());
        }
    }
}
