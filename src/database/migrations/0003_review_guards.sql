-- What the table definitions cannot say.

-- A mark is what a human decided, an audit line what somebody did: neither is ever rewritten.
CREATE TRIGGER mark_append_only BEFORE UPDATE OR DELETE ON mark
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
--> statement-breakpoint
CREATE TRIGGER mark_no_truncate BEFORE TRUNCATE ON mark
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history();
--> statement-breakpoint
CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE ON audit_event
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
--> statement-breakpoint
CREATE TRIGGER audit_event_no_truncate BEFORE TRUNCATE ON audit_event
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history();
--> statement-breakpoint
-- A mark follows the one before. Judged at commit: a backup brings rows back in any order.
ALTER TABLE mark ADD CONSTRAINT mark_previous
  FOREIGN KEY (previous_mark_id) REFERENCES mark (id) DEFERRABLE INITIALLY DEFERRED;
