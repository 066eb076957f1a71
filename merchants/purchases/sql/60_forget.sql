-- Taking a person out of what is written about their purchases. The purchases stay, as books do.

-- JSON without what it tells of a person: a ground that names their birthday, city, … becomes one
-- that says it isn't known, and a text with one of their words in it becomes empty.
CREATE OR REPLACE FUNCTION merchants.without_person(p_json jsonb, p_words text[]) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    CASE jsonb_typeof(p_json)
    WHEN 'array' THEN
        RETURN coalesce((
            SELECT jsonb_agg(merchants.without_person(e.value, p_words) ORDER BY e.n)
            FROM jsonb_array_elements(p_json) WITH ORDINALITY AS e (value, n)
        ), '[]');
    WHEN 'object' THEN
        IF p_json ->> 'code' = 'fact' AND p_json #>> '{params,fact}' LIKE 'member.%' THEN
            RETURN jsonb_build_object(
                'code', 'fact_unknown',
                'params', jsonb_build_object('fact', p_json #>> '{params,fact}')
            );
        END IF;
        RETURN coalesce((
            SELECT jsonb_object_agg(e.key, merchants.without_person(e.value, p_words))
            FROM jsonb_each(p_json) e
        ), '{}');
    WHEN 'string' THEN
        RETURN CASE WHEN kernel.mentions(p_json #>> '{}', p_words) THEN '""' ELSE p_json END;
    ELSE
        RETURN p_json;
    END CASE;
END $$;

-- Whether cells of a file write a mobile, however they do: in Persian or Arabic digits, with or
-- without what stands between them, from 0, 98 or 9 on.
CREATE OR REPLACE FUNCTION merchants.writes_mobile(p_cells jsonb, p_mobile text) RETURNS boolean
LANGUAGE sql IMMUTABLE
RETURN strpos(
    regexp_replace(
        translate(p_cells::text, '۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩', '01234567890123456789'), '[^0-9]', '', 'g'
    ),
    right(p_mobile, 10)
) > 0;

CREATE OR REPLACE FUNCTION merchants.forget_in_sales(p_mall uuid, p_member uuid, p_words text[])
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM kernel.enter_mall(p_mall);
    UPDATE merchants.purchase p SET reasons = merchants.without_person(p.reasons, p_words)
    WHERE p.mall_id = p_mall AND p.member_id = p_member;
    UPDATE merchants.concession c SET reason = ''
    WHERE c.mall_id = p_mall AND c.member_id = p_member AND kernel.mentions(c.reason, p_words);
END $$;

GRANT EXECUTE ON FUNCTION
    merchants.without_person(jsonb, text[]), merchants.writes_mobile(jsonb, text),
    merchants.forget_in_sales(uuid, uuid, text[])
TO timcheh_app;
