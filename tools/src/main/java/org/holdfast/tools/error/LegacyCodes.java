package org.holdfast.tools.error;

import org.holdfast.cib.result.Rc;

/** Names of the codes that older interfaces use. */
final class LegacyCodes {

    private LegacyCodes() {}

    static String name(int code) {
        return switch (Math.abs(code)) {
            case 201 -> "pcmk_err_generic";
            case 202 -> "pcmk_err_no_quorum";
            case 203 -> "pcmk_err_schema_validation";
            case 204 -> "pcmk_err_transform_failed";
            case 205 -> "pcmk_err_old_data";
            case 206 -> "pcmk_err_diff_failed";
            case 207 -> "pcmk_err_diff_resync";
            case 208 -> "pcmk_err_cib_modified";
            case 209 -> "pcmk_err_cib_backup";
            case 210 -> "pcmk_err_cib_save";
            case 212 -> "pcmk_err_cib_corrupt";
            case 213 -> "pcmk_err_multiple";
            case 214 -> "pcmk_err_node_unknown";
            case 215 -> "pcmk_err_already";
            case 216 -> "pcmk_err_bad_nvpair";
            case 217 -> "pcmk_err_unknown_format";
            default -> Rc.name(Math.abs(code));
        };
    }
}
