package io.erulb.routing.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.erulb.upstream.BalancerTypes;
import io.erulb.upstream.HealthOptions;
import io.erulb.upstream.HealthOptions.Checks;
import io.erulb.upstream.UpstreamOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SNIHostName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a policy document says, and how it is told what is wrong with it. */
class PolicyTest {
    private static final UpstreamOptions USUAL = UpstreamOptions.defaults();

    private static Policy parse(String json) {
        return Policy.parse(json.replace('\'', '"'), BalancerTypes.installed());
    }

    private static List<String> faults(String json) {
        return catchThrowableOfType(PolicyException.class, () -> parse(json)).faults().stream()
                .map(fault -> fault.field() + ": " + fault.value() + ": " + fault.message())
                .toList();
    }

    @Test
    void anEmptyOneSaysNothing() {
        assertThat(parse("{}").applyTo(USUAL)).isEqualTo(USUAL);
        assertThat(parse("{}").key()).isNull();
        assertThat(parse("{}")).isEqualTo(Policy.NONE);
    }

    @Test
    void choosesABalancerWithItsArguments() {
        Policy policy = parse("{'balancer':{'type':'hash','on':'header:X-User','bound':1.5}}");

        UpstreamOptions options = policy.applyTo(USUAL.withMaxConns(7));

        assertThat(options.balancer().type()).isEqualTo("hash");
        assertThat(options.balancerArgs()).isEqualTo(Map.of("bound", "1.5"));
        assertThat(options.maxConns()).isEqualTo(7);
        assertThat(policy.key().value()).hasToString("header:X-User");
    }

    @Test
    void saysHowServersAreChecked() {
        CheckPolicy check = parse("{'check':{'interval':'800ms','status':[200,'4xx'],'until_checked':'down'}}")
                .check();

        assertThat(check.interval()).isEqualTo(Duration.ofMillis(800));
        assertThat(check.timeout()).isEqualTo(Duration.ofMillis(400));
        assertThat(check.expected().statuses().has(200)).isTrue();
        assertThat(check.expected().statuses().has(201)).isFalse();
        assertThat(check.expected().statuses().has(499)).isTrue();
        assertThat(check.untilChecked()).isEqualTo(Checks.DOWN_AT_FIRST);
    }

    @Test
    void saysWhereServersAreChecked() {
        InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);

        assertThat(parse("{'check':{'type':'tcp'}}").check().address(server)).isEqualTo(server);
        assertThat(parse("{'check':{'port':8081}}").check().address(server))
                .isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), 8081));
    }

    @ParameterizedTest
    @CsvSource({
        "app.local, app.local, app.local",
        "app:8443, app, app",
        "10.0.0.1:8443, 10.0.0.1,",
        "[::1], [::1],",
        "[::1]:8443, [::1],",
    })
    void aCertificateIsAskedForByTheHostWithoutItsPort(String host, String name, String serverName) {
        CheckPolicy check =
                parse("{'check':{'type':'https','host':'" + host + "'}}").check();

        assertThat(check.verify()).isTrue();
        assertThat(check.request().hostName()).isEqualTo(name);
        assertThat(check.request().serverName()).isEqualTo(serverName == null ? null : new SNIHostName(serverName));
    }

    @Test
    void saysWhenServersAreLeftOut() {
        HealthOptions health = parse("{'ejection':{'errors':7},'panic_percent':40,'slow_start':'1m'}")
                .applyTo(USUAL)
                .health();

        assertThat(health.checks()).isEqualTo(Checks.NONE);
        assertThat(health.ejection().consecutiveErrors()).isEqualTo(7);
        assertThat(health.ejection().maxPercent()).isEqualTo(30);
        assertThat(health.panicPercent()).isEqualTo(40);
        assertThat(health.slowStart()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void leavesWhatItSaysNothingOfAsItIs() {
        UpstreamOptions usual = USUAL.withHealth(HealthOptions.defaults().withPanicPercent(3));

        assertThat(parse("{'balancer':{'type':'random'}}")
                        .applyTo(usual)
                        .health()
                        .panicPercent())
                .isEqualTo(3);
    }

    @Test
    void isKeptAsItIsWrittenButForBlanks() {
        assertThat(parse("{ 'balancer' : {'type':'hash','bound':1.50, 'on':'client'} }")
                        .toJson())
                .isEqualTo("{\"balancer\":{\"type\":\"hash\",\"bound\":1.50,\"on\":\"client\"}}");
    }

    @Test
    void saysTheSameInAnyOrder() {
        assertThat(parse("{'balancer':{'on':'client','type':'hash'}}"))
                .isEqualTo(parse("{'balancer':{'type':'hash', 'on':'client'}}"))
                .hasSameHashCodeAs(parse("{'balancer':{'type':'hash', 'on':'client'}}"))
                .isNotEqualTo(parse("{'balancer':{'type':'hash','on':'path'}}"));
        assertThat(parse("{'balancer':{'bound':1.50,'type':'hash','on':'client'}}")
                        .canonical())
                .isEqualTo(parse("{'balancer':{'on':'client','type':'hash','bound':1.5}}")
                        .canonical())
                .isEqualTo("{\"balancer\":{\"bound\":1.5,\"on\":\"client\",\"type\":\"hash\"}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'x':1} | x: 1: unknown; expected: balancer",
                "{'balancer':'hash'} | balancer: \"hash\": expected: an object",
                "{'balancer':{}} | balancer.type: null: expected: one of hash, least_conn, p2c, random, round_robin",
                "{'balancer':{'type':7}} | balancer.type: 7: expected: a string",
                "{'balancer':{'type':'best','more':1}} | balancer.type: \"best\": expected: one of hash",
                "{'balancer':{'type':'hash'}} | balancer.on: null: expected: client, host, path, header:NAME",
                "{'balancer':{'type':'hash','on':'moon'}} | balancer.on: \"moon\": expected: client",
                "{'balancer':{'type':'random','on':'client'}} | balancer.on: \"client\": expected: nothing of this name",
                "{'balancer':{'type':'hash','on':'client','bound':0.9}} | balancer.bound: 0.9: expected: a number from 1",
                "{'balancer':{'type':'random','a':{}}} | balancer.a: {}: expected: a string, a number, true or false",
                "{'check':{'type':'udp'}} | check.type: \"udp\": expected: one of http, https, tcp",
                "{'check':{'path':'ok'}} | check.path: \"ok\": expected: a path that begins with /",
                "{'check':{'interval':'1s','timeout':'1s'}} | check.timeout: \"1s\": expected: less than the interval",
                "{'check':{'interval':2}} | check.interval: 2: expected: a time up to a year",
                "{'check':{'status':['6xx']}} | check.status: [\"6xx\"]: expected: codes from 100 to 599 and classes",
                "{'check':{'status':[]}} | check.status: []: expected: an array of status codes",
                "{'check':{'type':'tcp','path':'/'}} | check.path: \"/\": expected: nothing of this name",
                "{'check':{'type':'tcp','verify':true}} | check.verify: true: expected: nothing of this name, since the type is tcp",
                "{'check':{'verify':false}} | check.verify: false: expected: nothing of this name, since the type is http",
                "{'check':{'type':'https','reuse':true}} | check.reuse: true: expected: nothing of this name, since the type is https",
                "{'check':{'type':'https','verify':1}} | check.verify: 1: expected: true or false",
                "{'check':{'type':'https','host':'a_b:443'}} | check.host: \"a_b:443\": expected: a host name as certificates",
                "{'check':{'type':'https','host':':443'}} | check.host: \":443\": expected: a host name as certificates",
                "{'check':{'type':'https','method':'HEAD','body':'x'}} | check.body: \"x\": expected: nothing of this name",
                "{'check':{'port':0}} | check.port: 0: expected: an integer from 1 to 65535",
                "{'check':{'port':65536}} | check.port: 65536: expected: an integer from 1 to 65535",
                "{'check':{'method':'HEAD','body':'x'}} | check.body: \"x\": expected: nothing of this name",
                "{'check':{'rise':0}} | check.rise: 0: expected: an integer from 1 to 100",
                "{'ejection':{'max_percent':0}} | ejection.max_percent: 0: expected: an integer from 1 to 100",
                "{'ejection':{'max_time':'1s'}} | ejection.max_time: \"1s\": expected: at least the time of the first",
                "{'ejection':{'success_rate':{'deviations':-1}}} | ejection.success_rate.deviations: -1: expected: a number",
                "{'panic_percent':101} | panic_percent: 101: expected: an integer from 0 to 100",
                "{'slow_start':'soon'} | slow_start: \"soon\": expected: a time up to a year",
                "{'timeouts':{'connect':'0s'}} | timeouts.connect: \"0s\": expected: a time up to a year",
                "{'timeouts':{'read':'1s'}} | timeouts.read: \"1s\": unknown; expected: connect, first_byte, idle, whole",
                "{'retry':{'tries':0}} | retry.tries: 0: expected: an integer from 1 to 100",
                "{'retry':{'on':['http_418']}} | retry.on: [\"http_418\"]: expected: an array of error, timeout",
                "{'retry':{'on':'off'}} | retry.on: \"off\": expected: an array of error",
                "{'retry':{'hedge':true}} | retry.hedge: true: expected: an object",
                "{'retry':{'hedge':{'percentile':49}}} | retry.hedge.percentile: 49: expected: a number from 50 to 99.9",
                "{'retry':{'hedge':{'max_percent':0}}} | retry.hedge.max_percent: 0: expected: an integer from 1 to 100",
                "{'retry':{'hedge':{'after':'1s'}}} | retry.hedge.after: \"1s\": unknown; expected: percentile, max_percent",
                "{'retry':{'budget_percent':0}} | retry.budget_percent: 0: expected: an integer from 1 to 100",
                "{'sticky':{'cookie':'a b'}} | sticky.cookie: \"a b\": expected: the name of a cookie",
                "{'sticky':{'path':'/a;b'}} | sticky.path: \"/a;b\": expected: a path that begins with /",
                "{'sticky':{'same_site':'none'}} | sticky.same_site: \"none\": expected: lax or strict, since browsers",
                "{'queue':{'size':0}} | queue.size: 0: expected: an integer from 1 to 1000000",
                "{'balancer':{'type':'random'},'balancer':{'type':'hash'}} | balancer: null: the name stands twice",
                "[] | null: null: a policy is a JSON object",
                "{} {} | null: null: malformed JSON at line 1",
                "{'a' | null: null: the JSON ends too early",
                "1e99999999999 | null: null: a policy is a JSON object",
                "{'retry':{'tries':1e99999999999}} | retry.tries: 1e99999999999: expected: a number of usual size",
                "{'a':01} | null: null: malformed JSON at line 1",
            })
    void refusesAnythingElse(String json, String sentence) {
        assertThat(faults(json)).first().asString().startsWith(sentence);
    }

    @Test
    void namesEveryFaultAtOnce() {
        assertThat(faults("{'balancer':{'type':'hash','bound':true},'other':null}"))
                .extracting(fault -> fault.substring(0, fault.indexOf(':')))
                .containsExactly("balancer.on", "balancer.bound", "other");
    }
}
