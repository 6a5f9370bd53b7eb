CREATE TABLE "audit_event" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor" jsonb NOT NULL,
	"action" text NOT NULL,
	"subject" jsonb NOT NULL,
	"detail" jsonb NOT NULL,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_event_hash" CHECK ("audit_event"."hash" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "lease" (
	"candidate_id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"taken_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"renewed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mark" (
	"id" text PRIMARY KEY NOT NULL,
	"candidate_id" text NOT NULL,
	"item_id" text NOT NULL,
	"round" integer DEFAULT 1 NOT NULL,
	"revision" integer NOT NULL,
	"marker" text NOT NULL,
	"kind" text NOT NULL,
	"attempt_id" text,
	"points" numeric(8, 2),
	"doubt" boolean DEFAULT false NOT NULL,
	"comment" text DEFAULT '' NOT NULL,
	"rubric_version" text NOT NULL,
	"rule_digest" text NOT NULL,
	"evidence_digest" text NOT NULL,
	"previous_mark_id" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "mark_revision" UNIQUE("candidate_id","item_id","round","revision"),
	CONSTRAINT "mark_kind" CHECK ("mark"."kind" in ('examiner', 'invigilator')),
	CONSTRAINT "mark_counts" CHECK ("mark"."round" >= 1 and "mark"."revision" >= 1),
	CONSTRAINT "mark_points" CHECK ("mark"."points" >= 0),
	CONSTRAINT "mark_chain" CHECK (("mark"."revision" = 1) = ("mark"."previous_mark_id" is null)),
	CONSTRAINT "mark_of_work" CHECK ("mark"."kind" = 'invigilator' or "mark"."attempt_id" is not null),
	CONSTRAINT "mark_rule_digest_hex" CHECK ("mark"."rule_digest" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "mark_evidence_digest_hex" CHECK ("mark"."evidence_digest" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "review_standing" (
	"candidate_id" text PRIMARY KEY NOT NULL,
	"result_id" text NOT NULL,
	"state" text NOT NULL,
	"items_open" integer NOT NULL,
	"doubts" integer NOT NULL,
	"review_open" numeric(8, 2) NOT NULL,
	"process_items" integer NOT NULL,
	"process_open" numeric(8, 2) NOT NULL,
	"possible" numeric(8, 2) NOT NULL,
	"settled" numeric(8, 2) NOT NULL,
	"suggested" numeric(8, 2) NOT NULL,
	"awarded" numeric(8, 2),
	CONSTRAINT "review_standing_state" CHECK ("review_standing"."state" in ('waiting', 'started', 'done', 'doubt'))
);
--> statement-breakpoint
ALTER TABLE "lease" ADD CONSTRAINT "lease_candidate_id_candidate_id_fk" FOREIGN KEY ("candidate_id") REFERENCES "public"."candidate"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lease" ADD CONSTRAINT "lease_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mark" ADD CONSTRAINT "mark_candidate_id_candidate_id_fk" FOREIGN KEY ("candidate_id") REFERENCES "public"."candidate"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mark" ADD CONSTRAINT "mark_marker_account_id_fk" FOREIGN KEY ("marker") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mark" ADD CONSTRAINT "mark_attempt_id_attempt_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."attempt"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mark" ADD CONSTRAINT "mark_rubric_version_rubric_version_id_fk" FOREIGN KEY ("rubric_version") REFERENCES "public"."rubric_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_standing" ADD CONSTRAINT "review_standing_candidate_id_candidate_id_fk" FOREIGN KEY ("candidate_id") REFERENCES "public"."candidate"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_standing" ADD CONSTRAINT "review_standing_result_id_grading_result_id_fk" FOREIGN KEY ("result_id") REFERENCES "public"."grading_result"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "lease_account" ON "lease" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "mark_marker" ON "mark" USING btree ("marker");--> statement-breakpoint
CREATE INDEX "mark_attempt" ON "mark" USING btree ("attempt_id");--> statement-breakpoint
CREATE INDEX "review_standing_result" ON "review_standing" USING btree ("result_id");