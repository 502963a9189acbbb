/**
 * The rule engine: reads a rule document, compiles it to a checked graph and decides what becomes of a request.
 *
 * <p>Start at {@link io.erulb.rules.RuleSet} and {@link io.erulb.rules.RuleGraph}; own filter types implement {@link
 * io.erulb.rules.spi.FilterProvider}. The module needs no server and knows none.
 */
module io.erulb.rules {
    requires com.google.gson;
    requires re2j; // named by its file: re2j 1.8 has no module name of its own
    requires org.apache.lucene.core;
    requires static transitive org.jspecify;

    exports io.erulb.rules;
    exports io.erulb.rules.analysis;
    exports io.erulb.rules.spi;
    exports io.erulb.rules.whatif;

    uses io.erulb.rules.spi.FilterProvider;
    uses io.erulb.rules.spi.TerminalProvider;

    provides io.erulb.rules.spi.FilterProvider with
            io.erulb.rules.filter.ClientProvider,
            io.erulb.rules.filter.ConcurrencyProvider,
            io.erulb.rules.filter.CookieProvider,
            io.erulb.rules.filter.HeaderProvider,
            io.erulb.rules.filter.HostProvider,
            io.erulb.rules.filter.MethodProvider,
            io.erulb.rules.filter.PathProvider,
            io.erulb.rules.filter.QueryProvider,
            io.erulb.rules.filter.RateProvider,
            io.erulb.rules.filter.SplitProvider,
            io.erulb.rules.filter.TimeProvider,
            io.erulb.rules.filter.UaProvider;
    provides io.erulb.rules.spi.TerminalProvider with
            io.erulb.rules.filter.BackendProvider,
            io.erulb.rules.filter.RedirectProvider,
            io.erulb.rules.filter.RespondProvider;
}
