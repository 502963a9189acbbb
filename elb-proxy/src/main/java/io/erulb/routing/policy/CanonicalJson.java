package io.erulb.routing.policy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.TreeSet;

/** One text for all documents that say the same: members in the order of their names, numbers without needless zeros. */
final class CanonicalJson {
    private CanonicalJson() {}

    static JsonElement of(JsonElement value) {
        if (value instanceof JsonObject object) {
            JsonObject sorted = new JsonObject();
            new TreeSet<>(object.keySet()).forEach(name -> sorted.add(name, of(object.get(name))));
            return sorted;
        }
        if (value instanceof JsonArray array) {
            JsonArray items = new JsonArray();
            array.forEach(item -> items.add(of(item)));
            return items;
        }
        boolean number = value instanceof JsonPrimitive primitive && primitive.isNumber();
        return number ? new JsonPrimitive(plain(value.getAsBigDecimal())) : value;
    }

    private static BigDecimal plain(BigDecimal number) {
        return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    }
}
