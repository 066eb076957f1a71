-- Finding a person's words in a text, and taking them out.

-- Whether a text has any of the words in it.
CREATE OR REPLACE FUNCTION kernel.mentions(p_text text, p_words text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN EXISTS (SELECT 1 FROM unnest(p_words) w WHERE w <> '' AND strpos(p_text, w) > 0);

-- JSON without the words: a value that is one becomes empty; a mobile or a card's number goes
-- wherever it stands. A name inside a longer text is not cut out: it may be somebody else's.
CREATE OR REPLACE FUNCTION kernel.unnamed(p_json text, p_words text[]) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    v_json text := p_json;
    v_word text;
BEGIN
    FOREACH v_word IN ARRAY p_words LOOP
        v_json := replace(v_json, to_json(v_word)::text, '""');
        IF v_word ~ '^[0-9]+$' THEN
            v_json := replace(v_json, v_word, '');
        END IF;
    END LOOP;
    RETURN v_json;
END $$;

GRANT EXECUTE ON FUNCTION kernel.mentions(text, text[]), kernel.unnamed(text, text[])
TO timcheh_app, timcheh_posting;
