# shellcheck shell=bash
# Builds the server's jar where there is none or it is older than what it is made of. Sourced after toolchain.sh, by scripts that
# have set root, the checkout.

# shellcheck disable=SC2154 # Set by who sources this.
jar=$root/elb-server/target/elb-server.jar

is_stale() {
  [[ ! -f $jar ]] && return
  [[ -n $(find "$root/pom.xml" "$root"/elb-*/pom.xml "$root"/elb-*/src/main -newer "$jar" -print -quit) ]]
}

need_jar() {
  is_stale || return 0
  need_maven
  say "Building ELB (the first time, Maven fetches what it needs: a minute or two) ..."
  (cd "$root" && mvn -B -q -pl elb-server -am -DskipTests -Dspotless.check.skip package </dev/null >&2)
}
