package io.erulb.rules.whatif;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** What can be reached from an object by its fields, as far as they are ours or arrays. */
final class Reachable {
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> left = new ArrayDeque<>();
    private final List<String> texts = new ArrayList<>();

    private Reachable() {}

    /** Every string. */
    static List<String> textsFrom(Object root) throws IllegalAccessException {
        Reachable reachable = new Reachable();
        reachable.reach(root);
        while (!reachable.left.isEmpty()) {
            reachable.walk(reachable.left.pop());
        }
        return reachable.texts;
    }

    private void reach(Object value) {
        if (value instanceof String text) {
            texts.add(text);
        } else if (value instanceof AtomicReferenceArray<?> array) {
            for (int i = 0; i < array.length(); i++) {
                reach(array.get(i));
            }
        } else if (value instanceof Iterable<?> values) {
            values.forEach(this::reach);
        } else if (value != null && seen.add(value)) {
            left.push(value);
        }
    }

    private void walk(Object value) throws IllegalAccessException {
        Class<?> type = value.getClass();
        if (type.isArray()) {
            for (int i = 0; !type.getComponentType().isPrimitive() && i < Array.getLength(value); i++) {
                reach(Array.get(value, i));
            }
            return;
        }
        for (; type != null && type.getName().startsWith("io.erulb."); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    reach(field.get(value));
                }
            }
        }
    }
}
