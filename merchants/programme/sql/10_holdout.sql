-- Whether `p_bps` of a shop's members, held out of a rule, include this one: as `timcheh.rules.holdout`.
CREATE OR REPLACE FUNCTION merchants.held_out(p_merchant uuid, p_member uuid, p_rule text, p_bps int)
RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ((get_byte(d, 0)::bigint << 24) | (get_byte(d, 1) << 16) | (get_byte(d, 2) << 8)
            | get_byte(d, 3)) % 10000 < p_bps
    FROM sha256(convert_to(p_merchant::text || p_member::text || p_rule, 'UTF8')) AS d
$$;

GRANT EXECUTE ON FUNCTION merchants.held_out(uuid, uuid, text, int) TO timcheh_app;
