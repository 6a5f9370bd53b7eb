CREATE TABLE "account" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"display_name" text NOT NULL,
	"password_hash" text NOT NULL,
	"roles" text[] NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"disabled_at" timestamp (3) with time zone,
	"must_change_password" boolean DEFAULT false NOT NULL,
	CONSTRAINT "account_name" UNIQUE("name"),
	CONSTRAINT "account_roles" CHECK ("account"."roles" <@ array['administrator', 'examiner', 'invigilator']::text[])
);
--> statement-breakpoint
CREATE TABLE "account_session" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "api_token" (
	"id" text PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"account_id" text NOT NULL,
	"name" text NOT NULL,
	"roles" text[] NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "api_token_hash" UNIQUE("token_hash"),
	CONSTRAINT "api_token_roles" CHECK ("api_token"."roles" <@ array['administrator', 'examiner', 'invigilator']::text[])
);
--> statement-breakpoint
CREATE TABLE "setting" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "signing_key" (
	"id" text PRIMARY KEY NOT NULL,
	"public_key" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"retired_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "candidate" (
	"id" text PRIMARY KEY NOT NULL,
	"exam_id" text NOT NULL,
	"session_id" text NOT NULL,
	"ticket" text NOT NULL,
	"name" text NOT NULL,
	"module" text NOT NULL,
	"paper_id" text NOT NULL,
	"room" text NOT NULL,
	"seat" text NOT NULL,
	"pin_hash" text NOT NULL,
	"blind_number" integer NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "candidate_ticket" UNIQUE("exam_id","ticket"),
	CONSTRAINT "candidate_blind_number" UNIQUE("exam_id","blind_number"),
	CONSTRAINT "candidate_id_exam" UNIQUE("id","exam_id")
);
--> statement-breakpoint
CREATE TABLE "exam" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" text NOT NULL,
	CONSTRAINT "exam_state" CHECK ("exam"."state" in ('draft', 'open', 'closed'))
);
--> statement-breakpoint
CREATE TABLE "exam_paper" (
	"exam_id" text NOT NULL,
	"paper_id" text NOT NULL,
	"version_id" text NOT NULL,
	CONSTRAINT "exam_paper_pk" PRIMARY KEY("exam_id","paper_id")
);
--> statement-breakpoint
CREATE TABLE "exam_session" (
	"id" text PRIMARY KEY NOT NULL,
	"exam_id" text NOT NULL,
	"name" text NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"grace_seconds" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "exam_session_name" UNIQUE("exam_id","name"),
	CONSTRAINT "exam_session_id_exam" UNIQUE("id","exam_id"),
	CONSTRAINT "exam_session_ends_after_start" CHECK ("exam_session"."ends_at" > "exam_session"."starts_at"),
	CONSTRAINT "exam_session_grace" CHECK ("exam_session"."grace_seconds" >= 0)
);
--> statement-breakpoint
CREATE TABLE "fact_cache" (
	"key" text PRIMARY KEY NOT NULL,
	"collector" text NOT NULL,
	"version" text NOT NULL,
	"value" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "grading_result" (
	"id" text PRIMARY KEY NOT NULL,
	"run_id" text NOT NULL,
	"attempt_id" text NOT NULL,
	"rubric_version" text NOT NULL,
	"grader_version" text NOT NULL,
	"breakdown" jsonb NOT NULL,
	"facts_digest" text NOT NULL,
	"settled" numeric(8, 2) NOT NULL,
	"suggested" numeric(8, 2) NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "grading_result_once" UNIQUE("attempt_id","rubric_version","grader_version")
);
--> statement-breakpoint
CREATE TABLE "grading_run" (
	"id" text PRIMARY KEY NOT NULL,
	"attempt_id" text NOT NULL,
	"rubric_version" text NOT NULL,
	"grader_version" text NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"reason_code" text,
	"reason_text" text,
	"enqueued_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"tries" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "grading_run_once" UNIQUE("attempt_id","rubric_version","grader_version"),
	CONSTRAINT "grading_run_identity" UNIQUE("id","attempt_id","rubric_version","grader_version"),
	CONSTRAINT "grading_run_state" CHECK ("grading_run"."state" in ('queued', 'grading', 'graded', 'attention'))
);
--> statement-breakpoint
CREATE TABLE "attempt" (
	"id" text PRIMARY KEY NOT NULL,
	"candidate_id" text NOT NULL,
	"exam_id" text NOT NULL,
	"number" integer NOT NULL,
	"idempotency_key" text NOT NULL,
	"state" text DEFAULT 'receiving' NOT NULL,
	"first_request_at" timestamp (3) with time zone NOT NULL,
	"completed_at" timestamp (3) with time zone,
	"room" text,
	"seat" text,
	"bytes" bigint DEFAULT 0 NOT NULL,
	"manifest_sha256" text,
	"receipt" jsonb,
	"problems" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"required_filled" integer,
	"required_total" integer,
	"counts" boolean DEFAULT false NOT NULL,
	CONSTRAINT "attempt_number" UNIQUE("candidate_id","number"),
	CONSTRAINT "attempt_idempotency_key" UNIQUE("candidate_id","idempotency_key"),
	CONSTRAINT "attempt_state" CHECK ("attempt"."state" in ('receiving', 'complete', 'aborted')),
	CONSTRAINT "attempt_complete_has_manifest" CHECK ("attempt"."state" <> 'complete' or ("attempt"."completed_at" is not null and "attempt"."manifest_sha256" is not null)),
	CONSTRAINT "attempt_counts_when_complete" CHECK (not "attempt"."counts" or "attempt"."state" = 'complete')
);
--> statement-breakpoint
CREATE TABLE "attempt_file" (
	"attempt_id" text NOT NULL,
	"path" text NOT NULL,
	"bytes" bigint NOT NULL,
	"sha256" text NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "attempt_file_pk" PRIMARY KEY("attempt_id","path"),
	CONSTRAINT "attempt_file_position" UNIQUE("attempt_id","position"),
	CONSTRAINT "attempt_file_sha256_hex" CHECK ("attempt_file"."sha256" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "candidate_token" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"candidate_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "upload" (
	"id" text PRIMARY KEY NOT NULL,
	"candidate_id" text NOT NULL,
	"attempt_id" text,
	"kind" text DEFAULT 'tus' NOT NULL,
	"path" text NOT NULL,
	"declared_sha256" text NOT NULL,
	"length" bigint NOT NULL,
	"offset" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"completed_at" timestamp (3) with time zone,
	"location" text,
	CONSTRAINT "upload_sha256_hex" CHECK ("upload"."declared_sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "upload_offset" CHECK ("upload"."offset" between 0 and "upload"."length")
);
--> statement-breakpoint
CREATE TABLE "rubric_material" (
	"version_id" text NOT NULL,
	"path" text NOT NULL,
	"sha256" text NOT NULL,
	"bytes" bigint NOT NULL,
	CONSTRAINT "rubric_material_pk" PRIMARY KEY("version_id","path"),
	CONSTRAINT "rubric_material_sha256_hex" CHECK ("rubric_material"."sha256" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "rubric_version" (
	"id" text PRIMARY KEY NOT NULL,
	"paper_id" text NOT NULL,
	"title" text NOT NULL,
	"module" text NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"number" integer,
	"content" jsonb NOT NULL,
	"task_text" text NOT NULL,
	"author" text NOT NULL,
	"reason" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"published_at" timestamp (3) with time zone,
	CONSTRAINT "rubric_version_paper_number" UNIQUE("paper_id","number"),
	CONSTRAINT "rubric_version_id_paper" UNIQUE("id","paper_id"),
	CONSTRAINT "rubric_version_state" CHECK ("rubric_version"."state" in ('draft', 'published')),
	CONSTRAINT "rubric_version_published_is_numbered" CHECK (("rubric_version"."state" = 'published') = ("rubric_version"."number" is not null and "rubric_version"."published_at" is not null))
);
--> statement-breakpoint
ALTER TABLE "account_session" ADD CONSTRAINT "account_session_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "candidate" ADD CONSTRAINT "candidate_exam_id_exam_id_fk" FOREIGN KEY ("exam_id") REFERENCES "public"."exam"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "candidate" ADD CONSTRAINT "candidate_session" FOREIGN KEY ("session_id","exam_id") REFERENCES "public"."exam_session"("id","exam_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "candidate" ADD CONSTRAINT "candidate_paper" FOREIGN KEY ("exam_id","paper_id") REFERENCES "public"."exam_paper"("exam_id","paper_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_paper" ADD CONSTRAINT "exam_paper_exam_id_exam_id_fk" FOREIGN KEY ("exam_id") REFERENCES "public"."exam"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_paper" ADD CONSTRAINT "exam_paper_version" FOREIGN KEY ("version_id","paper_id") REFERENCES "public"."rubric_version"("id","paper_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_session" ADD CONSTRAINT "exam_session_exam_id_exam_id_fk" FOREIGN KEY ("exam_id") REFERENCES "public"."exam"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grading_result" ADD CONSTRAINT "grading_result_attempt_id_attempt_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."attempt"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grading_result" ADD CONSTRAINT "grading_result_rubric_version_rubric_version_id_fk" FOREIGN KEY ("rubric_version") REFERENCES "public"."rubric_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grading_result" ADD CONSTRAINT "grading_result_of_its_run" FOREIGN KEY ("run_id","attempt_id","rubric_version","grader_version") REFERENCES "public"."grading_run"("id","attempt_id","rubric_version","grader_version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grading_run" ADD CONSTRAINT "grading_run_attempt_id_attempt_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."attempt"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grading_run" ADD CONSTRAINT "grading_run_rubric_version_rubric_version_id_fk" FOREIGN KEY ("rubric_version") REFERENCES "public"."rubric_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_candidate" FOREIGN KEY ("candidate_id","exam_id") REFERENCES "public"."candidate"("id","exam_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempt_file" ADD CONSTRAINT "attempt_file_attempt_id_attempt_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."attempt"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "candidate_token" ADD CONSTRAINT "candidate_token_candidate_id_candidate_id_fk" FOREIGN KEY ("candidate_id") REFERENCES "public"."candidate"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "upload" ADD CONSTRAINT "upload_candidate_id_candidate_id_fk" FOREIGN KEY ("candidate_id") REFERENCES "public"."candidate"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "upload" ADD CONSTRAINT "upload_attempt_id_attempt_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."attempt"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rubric_material" ADD CONSTRAINT "rubric_material_version_id_rubric_version_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."rubric_version"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_session_account" ON "account_session" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "api_token_account" ON "api_token" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "candidate_by_ticket" ON "candidate" USING btree ("ticket");--> statement-breakpoint
CREATE INDEX "candidate_by_session" ON "candidate" USING btree ("session_id","room","seat");--> statement-breakpoint
CREATE INDEX "exam_paper_version_id" ON "exam_paper" USING btree ("version_id");--> statement-breakpoint
CREATE INDEX "fact_cache_collector" ON "fact_cache" USING btree ("collector","version");--> statement-breakpoint
CREATE INDEX "grading_result_rubric" ON "grading_result" USING btree ("rubric_version");--> statement-breakpoint
CREATE INDEX "grading_result_run" ON "grading_result" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "grading_run_open" ON "grading_run" USING btree ("state","enqueued_at") WHERE "grading_run"."state" <> 'graded';--> statement-breakpoint
CREATE INDEX "grading_run_rubric" ON "grading_run" USING btree ("rubric_version");--> statement-breakpoint
CREATE INDEX "attempt_by_exam" ON "attempt" USING btree ("exam_id","state");--> statement-breakpoint
CREATE INDEX "attempt_complete" ON "attempt" USING btree ("completed_at") WHERE "attempt"."state" = 'complete';--> statement-breakpoint
CREATE INDEX "attempt_file_sha256" ON "attempt_file" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "candidate_token_candidate" ON "candidate_token" USING btree ("candidate_id");--> statement-breakpoint
CREATE INDEX "upload_by_candidate" ON "upload" USING btree ("candidate_id");--> statement-breakpoint
CREATE INDEX "upload_by_attempt" ON "upload" USING btree ("attempt_id");--> statement-breakpoint
CREATE INDEX "rubric_material_sha256" ON "rubric_material" USING btree ("sha256");