package org.holdfast.corosyncconf;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Corosync itself says about a wrong value, for scripts and people that know its sentences.
 * Ours follow behind them with more detail.
 */
final class CorosyncTexts {

    /** Names of its configuration map: longer than two characters, of these only. */
    private static final String MAP_NAME = "[a-zA-Z0-9._/:-]{3,255}";

    private static final Map<String, String> BY_PATH =
            Map.ofEntries(
                    Map.entry(
                            "totem.version",
                            "This totem parser can only parse version 2 configurations."),
                    Map.entry("totem.ip_version", "Invalid ip_version type"),
                    Map.entry(
                            "totem.transport",
                            "Invalid transport type. Should be udpu, udp or knet"),
                    Map.entry(
                            "totem.crypto_model", "Invalid crypto model. Should be nss or openssl"),
                    Map.entry(
                            "totem.crypto_cipher",
                            "Invalid cipher type. Should be none, aes256, aes192 or aes128"),
                    Map.entry(
                            "totem.crypto_hash",
                            "Invalid hash type. Should be none, md5, sha1, sha256, sha384 or sha512"),
                    Map.entry(
                            "totem.knet_compression_model",
                            "Invalid compression model. Should be zlib, lz4, lz4hc, lzo2, lzma, bzip2 or zstd"),
                    Map.entry(
                            "totem.link_mode",
                            "The Knet link mode \"%s\" specified is invalid.  It must be active, passive or rr."),
                    Map.entry(
                            "totem.interface.knet_transport",
                            "Unrecognised knet_transport. expected 'udp' or 'sctp'"),
                    Map.entry("system.qb_ipc_type", "Invalid system.qb_ipc_type"),
                    Map.entry("system.sched_rr", "Invalid system.sched_rr value"),
                    Map.entry("system.move_to_root_cgroup", "Invalid system.move_to_root_cgroup"),
                    Map.entry(
                            "system.allow_knet_handle_fallback",
                            "Invalid system.allow_knet_handle_fallback"));

    private static final List<String> YES_NO = List.of("yes", "no");

    /** What the parser itself looks at; the rest is looked at when it is used. */
    private static final Map<String, List<String>> PARSED_WORDS =
            Map.ofEntries(
                    Map.entry("totem.ip_version", List.of("ipv4", "ipv6", "ipv6-4", "ipv4-6")),
                    Map.entry("totem.crypto_model", List.of("nss", "openssl")),
                    Map.entry("totem.crypto_cipher", List.of("none", "aes256", "aes192", "aes128")),
                    Map.entry(
                            "totem.crypto_hash",
                            List.of("none", "md5", "sha1", "sha256", "sha384", "sha512")),
                    Map.entry(
                            "totem.knet_compression_model",
                            List.of(
                                    "none", "zlib", "lz4", "lz4hc", "lzo2", "lzma", "bzip2",
                                    "zstd")),
                    Map.entry("system.qb_ipc_type", List.of("native", "shm", "socket")),
                    Map.entry("system.sched_rr", YES_NO),
                    Map.entry("system.move_to_root_cgroup", List.of("yes", "no", "auto")),
                    Map.entry("system.allow_knet_handle_fallback", YES_NO));

    private static final Map<String, String> OF_LOGGING =
            Map.of(
                    "syslog_facility", "unknown syslog facility specified.",
                    "syslog_priority", "unknown syslog priority specified.",
                    "logfile_priority", "unknown logfile priority specified.");

    private CorosyncTexts() {}

    /** What is wrong with a key's name, if Corosync's map would not take it. */
    static Optional<String> ofName(String path, String name) {
        return path.matches(MAP_NAME)
                ? Optional.empty()
                : Optional.of(
                        "Can't store key \""
                                + name
                                + "\" into icmap, returned error is CS_ERR_NAME_TOO_LONG");
    }

    /** What is wrong with a key that a section does not know, where Corosync knows all of them. */
    static Optional<String> ofUnknownKey(String section) {
        return switch (section) {
            case "uidgid" -> Optional.of("uidgid: Only uid and gid are allowed items");
            case "totem.interface.member" ->
                    Optional.of("Only memberaddr is allowed in member section");
            default -> Optional.empty();
        };
    }

    /** What the parser says to a word, as long as it reads; empty where it takes any. */
    static Optional<String> ofParsedWord(String path, String value) {
        List<String> words = PARSED_WORDS.get(path);
        return words == null || words.contains(value)
                ? Optional.empty()
                : Optional.ofNullable(BY_PATH.get(path));
    }

    /** What is wrong with a value that our rule refuses; empty where Corosync takes any. */
    static Optional<String> ofValue(String path, ValueRule rule, String value) {
        if (rule instanceof ValueRule.Number number && !path.equals("totem.version")) {
            String unnumbered = path.replaceFirst("^nodelist\\.node\\.\\d+\\.", "nodelist.node.");
            boolean isText = ConfKeys.range(unnumbered) == null && !ParserVerdict.isNumber(path);
            return isText ? Optional.empty() : number.nativeComplaint(path, value);
        }
        String name = path.substring(path.lastIndexOf('.') + 1);
        if (path.startsWith("logging.")) {
            return Optional.of(OF_LOGGING.getOrDefault(name, "unknown value for " + name + "."));
        }
        return Optional.ofNullable(BY_PATH.get(path)).map(text -> text.replace("%s", value));
    }
}
