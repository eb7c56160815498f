package org.holdfast.cib.result;

import java.util.Map;
import java.util.TreeMap;

/** Names and descriptions of return codes. */
final class CodeTable {

    private record Row(String name, String description, int legacy) {}

    private static final int GENERIC = 201;

    /** Code, name, description, older code. */
    private static final String[] OWN = {
        "-1001|pcmk_rc_error|Error|201",
        "-1002|pcmk_rc_unknown_format|Unknown output format|217",
        "-1003|pcmk_rc_bad_nvpair|Bad name/value pair given|216",
        "-1004|pcmk_rc_already|Already in requested state|215",
        "-1005|pcmk_rc_node_unknown|Node not found|214",
        "-1006|pcmk_rc_multiple|Resource active on multiple nodes|213",
        "-1007|pcmk_rc_cib_corrupt|Could not parse on-disk configuration|212",
        "-1008|pcmk_rc_cib_save|Could not save new configuration to disk|210",
        "-1009|pcmk_rc_cib_backup|Could not archive previous configuration|209",
        "-1010|pcmk_rc_cib_modified|On-disk configuration was manually modified|208",
        "-1011|pcmk_rc_diff_resync|Application of update diff failed, requesting full refresh|207",
        "-1012|pcmk_rc_diff_failed|Application of update diff failed|206",
        "-1013|pcmk_rc_old_data|Update was older than existing configuration|205",
        "-1014|pcmk_rc_transform_failed|Schema transform failed|204",
        "-1015|pcmk_rc_schema_unchanged|Schema is already the latest available|211",
        "-1016|pcmk_rc_schema_validation|Update does not conform to the configured schema|203",
        "-1017|pcmk_rc_no_quorum|Operation requires quorum|202",
        "-1018|pcmk_rc_ipc_unauthorized|IPC server is blocked by unauthorized process|201",
        "-1019|pcmk_rc_ipc_unresponsive|IPC server is unresponsive|201",
        "-1020|pcmk_rc_ipc_pid_only|IPC server process is active but not accepting connections|201",
        "-1021|pcmk_rc_op_unsatisfied|Not applicable under current conditions|201",
        "-1022|pcmk_rc_undetermined|Result undetermined|201",
        "-1023|pcmk_rc_before_range|Result occurs before given range|201",
        "-1024|pcmk_rc_within_range|Result occurs within given range|201",
        "-1025|pcmk_rc_after_range|Result occurs after given range|201",
        "-1026|pcmk_rc_no_output|Output message produced no output|201",
        "-1027|pcmk_rc_no_input|Input file not available|201",
        "-1028|pcmk_rc_underflow|Value too small to be stored in data type|201",
        "-1029|pcmk_rc_dot_error|Error writing dot(1) file|201",
        "-1030|pcmk_rc_graph_error|Error writing graph file|201",
        "-1031|pcmk_rc_invalid_transition|Cluster simulation produced invalid transition|201",
        "-1032|pcmk_rc_unpack_error|Unable to parse CIB XML|201",
        "-1033|pcmk_rc_duplicate_id|Two or more XML elements have the same ID|201",
        "-1034|pcmk_rc_disabled|Disabled|201",
        "-1035|pcmk_rc_bad_input|Bad input value provided|201",
        "-1036|pcmk_rc_bad_xml_patch|Bad XML patch format|201",
        "-1037|pcmk_rc_no_transaction|No active transaction found|201",
        "-1038|pcmk_rc_ns_resolution|Nameserver resolution error|201",
        "-1039|pcmk_rc_compression|Compression/decompression error|201",
        "-1040|pcmk_rc_no_dc|DC is not yet elected|201",
        "-1041|pcmk_rc_ipc_more|More IPC message fragments to send|201",
        "-1042|pcmk_rc_cs_internal|Internal corosync error|201",
        "-1043|pcmk_rc_digest_mismatch|Digest does not match expected value|201"
    };

    /** Number, name, description of Linux's errors. */
    private static final String[] SYSTEM = {
        "1|EPERM|Operation not permitted",
        "2|ENOENT|No such file or directory",
        "3|ESRCH|No such process",
        "4|EINTR|Interrupted system call",
        "5|EIO|Input/output error",
        "6|ENXIO|No such device or address",
        "7|E2BIG|Argument list too long",
        "8|ENOEXEC|Exec format error",
        "9|EBADF|Bad file descriptor",
        "10|ECHILD|No child processes",
        "11|EAGAIN|Resource temporarily unavailable",
        "12|ENOMEM|Cannot allocate memory",
        "13|EACCES|Permission denied",
        "14|EFAULT|Bad address",
        "15|ENOTBLK|Block device required",
        "16|EBUSY|Device or resource busy",
        "17|EEXIST|File exists",
        "18|EXDEV|Invalid cross-device link",
        "19|ENODEV|No such device",
        "20|ENOTDIR|Not a directory",
        "21|EISDIR|Is a directory",
        "22|EINVAL|Invalid argument",
        "23|ENFILE|Too many open files in system",
        "24|EMFILE|Too many open files",
        "25|ENOTTY|Inappropriate ioctl for device",
        "26|ETXTBSY|Text file busy",
        "27|EFBIG|File too large",
        "28|ENOSPC|No space left on device",
        "29|ESPIPE|Illegal seek",
        "30|EROFS|Read-only file system",
        "31|EMLINK|Too many links",
        "32|EPIPE|Broken pipe",
        "33|EDOM|Numerical argument out of domain",
        "34|ERANGE|Numerical result out of range",
        "35|EDEADLOCK|Resource deadlock avoided",
        "36|ENAMETOOLONG|File name too long",
        "37|ENOLCK|No locks available",
        "38|ENOSYS|Function not implemented",
        "39|ENOTEMPTY|Directory not empty",
        "40|ELOOP|Too many levels of symbolic links",
        "41|Unknown|Unknown error 41",
        "42|ENOMSG|No message of desired type",
        "43|EIDRM|Identifier removed",
        "44|ECHRNG|Channel number out of range",
        "45|EL2NSYNC|Level 2 not synchronized",
        "46|EL3HLT|Level 3 halted",
        "47|EL3RST|Level 3 reset",
        "48|Unknown|Link number out of range",
        "49|EUNATCH|Protocol driver not attached",
        "50|Unknown|No CSI structure available",
        "51|EL2HLT|Level 2 halted",
        "52|EBADE|Invalid exchange",
        "53|EBADR|Invalid request descriptor",
        "54|EXFULL|Exchange full",
        "55|Unknown|No anode",
        "56|EBADRQC|Invalid request code",
        "57|EBADSLT|Invalid slot",
        "58|Unknown|Unknown error 58",
        "59|Unknown|Bad font file format",
        "60|ENOSTR|Device not a stream",
        "61|ENODATA|No data available",
        "62|ETIME|Timer expired",
        "63|ENOSR|Out of streams resources",
        "64|ENONET|Machine is not on the network",
        "65|ENOPKG|Package not installed",
        "66|EREMOTE|Object is remote",
        "67|ENOLINK|Link has been severed",
        "68|Unknown|Advertise error",
        "69|Unknown|Srmount error",
        "70|ECOMM|Communication error on send",
        "71|EPROTO|Protocol error",
        "72|EMULTIHOP|Multihop attempted",
        "73|Unknown|RFS specific error",
        "74|EBADMSG|Bad message",
        "75|EOVERFLOW|Value too large for defined data type",
        "76|ENOTUNIQ|Name not unique on network",
        "77|EBADFD|File descriptor in bad state",
        "78|EREMCHG|Remote address changed",
        "79|ELIBACC|Can not access a needed shared library",
        "80|ELIBBAD|Accessing a corrupted shared library",
        "81|ELIBSCN|.lib section in a.out corrupted",
        "82|ELIBMAX|Attempting to link in too many shared libraries",
        "83|ELIBEXEC|Cannot exec a shared library directly",
        "84|EILSEQ|Invalid or incomplete multibyte or wide character",
        "85|ERESTART|Interrupted system call should be restarted",
        "86|ESTRPIPE|Streams pipe error",
        "87|EUSERS|Too many users",
        "88|ENOTSOCK|Socket operation on non-socket",
        "89|EDESTADDRREQ|Destination address required",
        "90|EMSGSIZE|Message too long",
        "91|EPROTOTYPE|Protocol wrong type for socket",
        "92|ENOPROTOOPT|Protocol not available",
        "93|EPROTONOSUPPORT|Protocol not supported",
        "94|ESOCKTNOSUPPORT|Socket type not supported",
        "95|EOPNOTSUPP|Operation not supported",
        "96|EPFNOSUPPORT|Protocol family not supported",
        "97|EAFNOSUPPORT|Address family not supported by protocol",
        "98|EADDRINUSE|Address already in use",
        "99|EADDRNOTAVAIL|Cannot assign requested address",
        "100|ENETDOWN|Network is down",
        "101|ENETUNREACH|Network is unreachable",
        "102|ENETRESET|Network dropped connection on reset",
        "103|ECONNABORTED|Software caused connection abort",
        "104|ECONNRESET|Connection reset by peer",
        "105|ENOBUFS|No buffer space available",
        "106|EISCONN|Transport endpoint is already connected",
        "107|ENOTCONN|Transport endpoint is not connected",
        "108|ESHUTDOWN|Cannot send after transport endpoint shutdown",
        "109|Unknown|Too many references: cannot splice",
        "110|ETIMEDOUT|Connection timed out",
        "111|ECONNREFUSED|Connection refused",
        "112|EHOSTDOWN|Host is down",
        "113|EHOSTUNREACH|No route to host",
        "114|EALREADY|Operation already in progress",
        "115|EINPROGRESS|Operation now in progress",
        "116|ESTALE|Stale file handle",
        "117|EUCLEAN|Structure needs cleaning",
        "118|Unknown|Not a XENIX named type file",
        "119|Unknown|No XENIX semaphores available",
        "120|EISNAM|Is a named type file",
        "121|EREMOTEIO|Remote I/O error",
        "122|EDQUOT|Disk quota exceeded",
        "123|ENOMEDIUM|No medium found",
        "124|EMEDIUMTYPE|Wrong medium type",
        "125|ECANCELED|Operation canceled",
        "126|ENOKEY|Required key not available",
        "127|EKEYEXPIRED|Key has expired",
        "128|EKEYREVOKED|Key has been revoked",
        "129|EKEYREJECTED|Key was rejected by service",
        "130|Unknown|Owner died",
        "131|Unknown|State not recoverable",
        "132|Unknown|Operation not possible due to RF-kill",
        "133|Unknown|Memory page has hardware error"
    };

    // Behind the tables that it is made of.
    static final CodeTable RC = new CodeTable();

    private final Map<Integer, Row> rows = new TreeMap<>();

    private CodeTable() {
        rows.put(0, new Row("pcmk_rc_ok", "OK", 0));
        for (String line : OWN) {
            String[] parts = line.split("\\|");
            rows.put(
                    Integer.valueOf(parts[0]),
                    new Row(parts[1], parts[2], Integer.parseInt(parts[3])));
        }
        for (String line : SYSTEM) {
            String[] parts = line.split("\\|");
            int number = Integer.parseInt(parts[0]);
            rows.put(number, new Row(parts[1], parts[2], number));
        }
    }

    String name(int rc) {
        Row row = rows.get(rc);
        return row == null ? "Unknown" : row.name;
    }

    String describe(int rc) {
        Row row = rows.get(rc);
        if (row != null) {
            return row.description;
        }
        return rc < 0 ? "Error" : "Unknown error " + rc;
    }

    int legacy(int rc) {
        Row row = rows.get(rc);
        return row == null ? GENERIC : row.legacy;
    }

    int fromLegacy(int legacy) {
        if (legacy == 0) {
            return 0;
        }
        if (legacy == GENERIC) {
            return Rc.ERROR;
        }
        for (Map.Entry<Integer, Row> entry : rows.entrySet()) {
            if (entry.getKey() < 0 && entry.getValue().legacy == legacy) {
                return entry.getKey();
            }
        }
        return legacy;
    }
}
