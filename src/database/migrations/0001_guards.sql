-- What the table definitions cannot say.

-- A recorded result is history: nobody rewrites it, not even by accident.
CREATE FUNCTION refuse_change_of_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'restrict_violation', HINT = 'Record a new row under a new version instead.';
END
$$;
--> statement-breakpoint
CREATE TRIGGER grading_result_append_only BEFORE UPDATE OR DELETE ON grading_result
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
--> statement-breakpoint
CREATE TRIGGER grading_result_no_truncate BEFORE TRUNCATE ON grading_result
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history();
--> statement-breakpoint
-- A published rubric version is what scores were given by: it never changes and never goes.
CREATE FUNCTION refuse_change_of_published_rubric() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'published' THEN
    RAISE EXCEPTION 'rubric version % is published: % is refused', OLD.id, TG_OP
      USING ERRCODE = 'restrict_violation', HINT = 'Import and publish a new version instead.';
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER rubric_version_published BEFORE UPDATE OR DELETE ON rubric_version
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published_rubric();
--> statement-breakpoint
-- A material of a published version is part of it: added while it is a draft, never changed afterwards.
CREATE FUNCTION refuse_change_of_published_material() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  version text := CASE TG_OP WHEN 'DELETE' THEN OLD.version_id ELSE NEW.version_id END;
BEGIN
  IF EXISTS (SELECT FROM rubric_version WHERE id = version AND state = 'published') THEN
    RAISE EXCEPTION 'rubric version % is published: % of its material is refused', version, TG_OP
      USING ERRCODE = 'restrict_violation', HINT = 'Import and publish a new version instead.';
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER rubric_material_published BEFORE UPDATE OR DELETE ON rubric_material
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published_material();
--> statement-breakpoint
-- At most one attempt of a candidate counts. Judged at commit, so that one transaction may move the mark.
ALTER TABLE attempt ADD CONSTRAINT attempt_one_counts
  EXCLUDE USING btree (candidate_id WITH =) WHERE (counts) DEFERRABLE INITIALLY DEFERRED;
