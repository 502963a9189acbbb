package io.erulb.rules.spi;

/** Makes terminals of one type; like {@link FilterProvider}, with which it shares the space of type names. */
public interface TerminalProvider {
    /** The type as rules name it; see {@link FilterProvider#type}. */
    String type();

    /** Makes a rule's terminal; see {@link FilterProvider#create}. */
    Terminal create(FilterArgs args);
}
