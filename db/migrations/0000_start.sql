CREATE TABLE "affinity_changes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "affinity_changes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"computer_id" bigint NOT NULL,
	"from_person_id" bigint,
	"to_person_id" bigint,
	"upns" text[] NOT NULL,
	"changed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "agents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" bigint NOT NULL,
	"computer_id" bigint,
	"integration_id" bigint,
	"external_id" text,
	"instance_id" uuid,
	"secret_hash" text,
	"version" text,
	"facts" jsonb,
	"connected" boolean DEFAULT false NOT NULL,
	"hub_id" text,
	"connected_at" timestamp with time zone,
	"last_seen_at" timestamp with time zone,
	"enrolled_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"identity_key" text,
	"identify_failures" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "computers" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "computers_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"tenant_id" bigint NOT NULL,
	"name" text NOT NULL,
	"status" text NOT NULL,
	"status_reason" text,
	"rival_computer_id" bigint,
	"excluded_from_maintenance" boolean DEFAULT false NOT NULL,
	"smbios_uuid" text,
	"identity" text NOT NULL,
	"os_installation_id" text,
	"os_installed_at" timestamp with time zone,
	"generation" integer DEFAULT 0 NOT NULL,
	"os_family" text NOT NULL,
	"os_name" text NOT NULL,
	"os_version" text NOT NULL,
	"architecture" text NOT NULL,
	"package_managers" text[] DEFAULT '{}'::text[] NOT NULL,
	"device_class" text NOT NULL,
	"serial_number" text,
	"manufacturer" text,
	"model" text,
	"time_zone" text,
	"pending_reboot" boolean DEFAULT false NOT NULL,
	"primary_person_id" bigint,
	"primary_person_pinned" boolean DEFAULT false NOT NULL,
	"online" boolean DEFAULT false NOT NULL,
	"last_seen_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"onboarded_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "detections" (
	"computer_id" bigint NOT NULL,
	"item_id" bigint NOT NULL,
	"version" text,
	"available_version" text,
	"compliant" boolean,
	"detected_at" timestamp with time zone NOT NULL,
	"session_id" bigint,
	CONSTRAINT "detections_computer_id_item_id_pk" PRIMARY KEY("computer_id","item_id")
);
--> statement-breakpoint
CREATE TABLE "enrollment_keys" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "enrollment_keys_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"tenant_id" bigint NOT NULL,
	"label" text NOT NULL,
	"key_hash" text NOT NULL,
	"created_by" bigint,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "inventories" (
	"computer_id" bigint PRIMARY KEY NOT NULL,
	"taken_at" timestamp with time zone NOT NULL,
	"entries" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "task_values" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "task_values_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"computer_id" bigint NOT NULL,
	"item_id" bigint NOT NULL,
	"value" jsonb,
	"recorded_at" timestamp with time zone NOT NULL,
	"session_id" bigint
);
--> statement-breakpoint
CREATE TABLE "upn_sightings" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "upn_sightings_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"computer_id" bigint NOT NULL,
	"upn" text NOT NULL,
	"seen_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "deployment_revisions" (
	"deployment_id" bigint NOT NULL,
	"revision" integer NOT NULL,
	"snapshot" jsonb NOT NULL,
	"changed_by" bigint,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "deployment_revisions_deployment_id_revision_pk" PRIMARY KEY("deployment_id","revision")
);
--> statement-breakpoint
CREATE TABLE "deployments" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "deployments_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"origin" text NOT NULL,
	"item_id" bigint NOT NULL,
	"desired_state" text NOT NULL,
	"version" text,
	"parameters" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"scope" text NOT NULL,
	"target_type" text NOT NULL,
	"target_id" bigint,
	"target_name" text,
	"target_tenant_id" bigint,
	"includes_child_tenants" boolean DEFAULT false NOT NULL,
	"device_class" text NOT NULL,
	"target_key" text NOT NULL,
	"phase" text DEFAULT 'always' NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"effective_from" timestamp with time zone,
	"approval" text,
	"note" text DEFAULT '' NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_by" bigint,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "deployments_version" CHECK (("deployments"."desired_state" in ('installed-specific','installed-minimum','installed-maximum')) = ("deployments"."version" is not null))
);
--> statement-breakpoint
CREATE TABLE "email_events" (
	"id" text PRIMARY KEY NOT NULL,
	"email_id" uuid NOT NULL,
	"type" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"payload" jsonb
);
--> statement-breakpoint
CREATE TABLE "emails" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" bigint NOT NULL,
	"session_id" bigint,
	"person_id" bigint,
	"kind" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"sender" text NOT NULL,
	"recipient" text NOT NULL,
	"subject" text NOT NULL,
	"html" text NOT NULL,
	"plain_text" text NOT NULL,
	"status" text NOT NULL,
	"provider_id" text,
	"error" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "message_choices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"link_id" uuid NOT NULL,
	"choice" text NOT NULL,
	"execution_at" timestamp with time zone,
	"outcome" text NOT NULL,
	"made_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "message_links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"session_id" bigint NOT NULL,
	"person_id" bigint,
	"recipient" text NOT NULL,
	"purpose" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "engine_crons" (
	"function_id" text NOT NULL,
	"expression" text NOT NULL,
	"next_at" timestamp with time zone NOT NULL,
	CONSTRAINT "engine_crons_function_id_expression_pk" PRIMARY KEY("function_id","expression")
);
--> statement-breakpoint
CREATE TABLE "engine_events" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"external_id" text,
	"payload" json NOT NULL,
	"received_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "engine_functions" (
	"id" text PRIMARY KEY NOT NULL,
	"app_id" text NOT NULL,
	"config" json NOT NULL,
	"registered_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "engine_runs" (
	"id" text PRIMARY KEY NOT NULL,
	"function_id" text NOT NULL,
	"event_id" text NOT NULL,
	"state" text NOT NULL,
	"status" text NOT NULL,
	"rank" timestamp with time zone NOT NULL,
	"owner" integer,
	"wake" integer DEFAULT 0 NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"retry_at" timestamp with time zone,
	"due_at" timestamp with time zone,
	"recoveries" integer DEFAULT 0 NOT NULL,
	"slot_keys" text[],
	"idempotency_key" text,
	"singleton_key" text,
	"parent_run_id" text,
	"parent_step_id" text,
	"output" json,
	"created_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "engine_steps" (
	"run_id" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"op" text NOT NULL,
	"state" text NOT NULL,
	"race" boolean DEFAULT false NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone,
	"result" json,
	"position" integer,
	"created_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "engine_steps_run_id_id_pk" PRIMARY KEY("run_id","id")
);
--> statement-breakpoint
CREATE TABLE "engine_waits" (
	"run_id" text NOT NULL,
	"step_id" text NOT NULL,
	"kind" text NOT NULL,
	"event_name" text NOT NULL,
	"match_key" text NOT NULL,
	"expression" text,
	"expires_at" timestamp with time zone,
	CONSTRAINT "engine_waits_run_id_step_id_pk" PRIMARY KEY("run_id","step_id")
);
--> statement-breakpoint
CREATE TABLE "integration_clients" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "integration_clients_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"integration_id" bigint NOT NULL,
	"external_id" text NOT NULL,
	"name" text NOT NULL,
	"tenant_id" bigint,
	"linked_by" text
);
--> statement-breakpoint
CREATE TABLE "integrations" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "integrations_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"settings" jsonb NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_sync_at" timestamp with time zone,
	"last_error" text
);
--> statement-breakpoint
CREATE TABLE "item_order" (
	"item_id" bigint PRIMARY KEY NOT NULL,
	"zone" text NOT NULL,
	"position" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "items" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "items_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"origin" text NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"publisher" text DEFAULT '' NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"platforms" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"tried_on" text DEFAULT 'not-run' NOT NULL,
	"safe_to_retry" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"deleted_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "licences" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "licences_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"item_id" bigint NOT NULL,
	"tenant_id" bigint,
	"name" text NOT NULL,
	"seats" integer,
	"key_encrypted" text,
	"created_at" timestamp with time zone NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "licences_seats" CHECK ("licences"."seats" is null or "licences"."seats" >= 0)
);
--> statement-breakpoint
CREATE TABLE "prerequisite_items" (
	"prerequisite_id" bigint NOT NULL,
	"item_id" bigint NOT NULL,
	"minimum_version" text,
	"maximum_version" text,
	CONSTRAINT "prerequisite_items_prerequisite_id_item_id_pk" PRIMARY KEY("prerequisite_id","item_id")
);
--> statement-breakpoint
CREATE TABLE "prerequisites" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "prerequisites_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"item_id" bigint NOT NULL,
	"applies_when" text NOT NULL,
	"quantifier" text NOT NULL,
	"required_state" text NOT NULL,
	"otherwise" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "script_versions" (
	"script_id" bigint NOT NULL,
	"number" integer NOT NULL,
	"language" text NOT NULL,
	"context" text NOT NULL,
	"body" text NOT NULL,
	"body_sha256" text NOT NULL,
	"parameters" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"timeout_seconds" integer NOT NULL,
	"requires_elevation" boolean DEFAULT false NOT NULL,
	"created_by" bigint,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "script_versions_script_id_number_pk" PRIMARY KEY("script_id","number")
);
--> statement-breakpoint
CREATE TABLE "scripts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "scripts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"origin" text NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"current_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"deleted_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "software" (
	"item_id" bigint PRIMARY KEY NOT NULL,
	"detections" jsonb NOT NULL,
	"version_source" text NOT NULL,
	"version_script_id" bigint,
	"installers" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"upgrade_strategy" text DEFAULT 'install-over' NOT NULL,
	"upgrade_script_id" bigint,
	"repair_strategy" text DEFAULT 'reinstall' NOT NULL,
	"repair_script_id" bigint,
	"test_script_id" bigint,
	"licence_required" boolean DEFAULT false NOT NULL,
	"configuration_item_id" bigint
);
--> statement-breakpoint
CREATE TABLE "software_versions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "software_versions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"item_id" bigint NOT NULL,
	"version" text NOT NULL,
	"installers" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"released_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "task_scripts" (
	"item_id" bigint NOT NULL,
	"os_family" text NOT NULL,
	"test_script_id" bigint,
	"set_script_id" bigint,
	"get_script_id" bigint,
	CONSTRAINT "task_scripts_item_id_os_family_pk" PRIMARY KEY("item_id","os_family")
);
--> statement-breakpoint
CREATE TABLE "tasks" (
	"item_id" bigint PRIMARY KEY NOT NULL,
	"applies_to" text DEFAULT 'computer' NOT NULL,
	"parameters" jsonb DEFAULT '[]'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "job_output" (
	"job_id" uuid NOT NULL,
	"step_key" text NOT NULL,
	"sequence" integer NOT NULL,
	"stream" text NOT NULL,
	"text" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "job_output_job_id_step_key_sequence_pk" PRIMARY KEY("job_id","step_key","sequence")
);
--> statement-breakpoint
CREATE TABLE "job_results" (
	"job_id" uuid NOT NULL,
	"step_key" text NOT NULL,
	"result" jsonb NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone NOT NULL,
	CONSTRAINT "job_results_job_id_step_key_pk" PRIMARY KEY("job_id","step_key")
);
--> statement-breakpoint
CREATE TABLE "jobs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"computer_id" bigint NOT NULL,
	"agent_id" uuid NOT NULL,
	"session_id" bigint,
	"action_id" bigint,
	"purpose" text NOT NULL,
	"status" text NOT NULL,
	"generation" integer NOT NULL,
	"attempt" integer NOT NULL,
	"steps" jsonb NOT NULL,
	"secrets_encrypted" text,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"deadline_at" timestamp with time zone NOT NULL,
	"start_id" uuid,
	"cancel_requested_at" timestamp with time zone,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"end_reason" text
);
--> statement-breakpoint
CREATE TABLE "approvals" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "approvals_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"request" jsonb NOT NULL,
	"computer_count" integer NOT NULL,
	"requested_by" bigint NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"decided_by" bigint,
	"decided_at" timestamp with time zone,
	"decision" text
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_log_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"chain" text NOT NULL,
	"sequence" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"actor_name" text NOT NULL,
	"tenant_id" bigint,
	"action" text NOT NULL,
	"entity" text NOT NULL,
	"entity_id" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"address" "inet",
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "hubs" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outbox_events" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"data" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "signing_keys" (
	"key_id" text PRIMARY KEY NOT NULL,
	"public_jwk" jsonb NOT NULL,
	"private_jwk_encrypted" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"retired_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "api_tokens" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "api_tokens_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"user_id" bigint NOT NULL,
	"label" text NOT NULL,
	"token_hash" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	"last_used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "people_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"tenant_id" bigint NOT NULL,
	"upn" text NOT NULL,
	"display_name" text NOT NULL,
	"email" text,
	"entra_object_id" text,
	"language" text,
	"time_zone" text,
	"created_at" timestamp with time zone NOT NULL,
	"archived_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "tenant_contacts" (
	"tenant_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	CONSTRAINT "tenant_contacts_tenant_id_person_id_pk" PRIMARY KEY("tenant_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "users_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"tid" text NOT NULL,
	"oid" text NOT NULL,
	"email" text,
	"display_name" text NOT NULL,
	"role" text NOT NULL,
	"tenant_id" bigint,
	"created_at" timestamp with time zone NOT NULL,
	"last_sign_in_at" timestamp with time zone,
	"disabled_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "schedule_runs" (
	"schedule_id" bigint NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"time_zone" text NOT NULL,
	"outcome" text NOT NULL,
	"session_count" integer DEFAULT 0 NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "schedule_runs_schedule_id_due_at_time_zone_pk" PRIMARY KEY("schedule_id","due_at","time_zone")
);
--> statement-breakpoint
CREATE TABLE "schedules" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "schedules_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"scope" text NOT NULL,
	"target_type" text NOT NULL,
	"target_id" bigint,
	"target_name" text,
	"target_tenant_id" bigint,
	"includes_child_tenants" boolean DEFAULT false NOT NULL,
	"device_class" text NOT NULL,
	"target_key" text NOT NULL,
	"recurrence_kind" text NOT NULL,
	"recurrence" text NOT NULL,
	"detection_time" text NOT NULL,
	"execution_time" text,
	"time_zone_kind" text NOT NULL,
	"time_zone" text,
	"item_id" bigint,
	"offline" text NOT NULL,
	"reboot" text NOT NULL,
	"mails_before" boolean NOT NULL,
	"mails_after" boolean NOT NULL,
	"allows_postpone" boolean NOT NULL,
	"allows_cancel" boolean NOT NULL,
	"allows_run_now" boolean NOT NULL,
	"postpone_max_count" integer NOT NULL,
	"postpone_max_hours" integer NOT NULL,
	"grace_minutes" integer NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"created_by" bigint,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"deleted_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "actions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "actions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"session_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"item_id" bigint NOT NULL,
	"type" text NOT NULL,
	"reason" text NOT NULL,
	"status" text NOT NULL,
	"result" text,
	"sentence" text NOT NULL,
	"result_reason" text,
	"deployment_id" bigint,
	"desired_state" text NOT NULL,
	"detected_version" text,
	"wanted_version" text,
	"result_version" text,
	"parameters" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"required_by_id" bigint,
	"depends_on" integer[] DEFAULT '{}'::integer[] NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"safe_to_retry" boolean DEFAULT false NOT NULL,
	"recorded_value" jsonb,
	"planned" jsonb,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "session_events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "session_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"session_id" bigint NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"sentence" text NOT NULL,
	"data" jsonb,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sessions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"tenant_id" bigint NOT NULL,
	"computer_id" bigint,
	"kind" text NOT NULL,
	"cause" text NOT NULL,
	"schedule_id" bigint,
	"item_id" bigint,
	"status" text NOT NULL,
	"stage" text NOT NULL,
	"status_reason" text,
	"options" jsonb NOT NULL,
	"generation" integer NOT NULL,
	"execution_at" timestamp with time zone,
	"postpone_count" integer DEFAULT 0 NOT NULL,
	"postpone_latest_at" timestamp with time zone,
	"plan_hash" text,
	"plan_frozen_at" timestamp with time zone,
	"plan_verified_at" timestamp with time zone,
	"trace" jsonb,
	"created_by" bigint,
	"created_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone,
	"execution_started_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"cancel_requested_at" timestamp with time zone,
	"computer_turn" text
);
--> statement-breakpoint
CREATE TABLE "agreement_additions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "agreement_additions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"agreement_id" bigint NOT NULL,
	"external_id" text NOT NULL,
	"product" text NOT NULL,
	"effective_date" date,
	"cancelled_date" date
);
--> statement-breakpoint
CREATE TABLE "agreements" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "agreements_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"tenant_id" bigint NOT NULL,
	"integration_id" bigint,
	"external_id" text NOT NULL,
	"name" text NOT NULL,
	"agreement_type" text NOT NULL,
	"start_date" date,
	"end_date" date,
	"cancelled" boolean DEFAULT false NOT NULL,
	"inactive" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "computer_target_keys" (
	"computer_id" bigint NOT NULL,
	"key" text NOT NULL,
	"evidence" jsonb NOT NULL,
	CONSTRAINT "computer_target_keys_computer_id_key_pk" PRIMARY KEY("computer_id","key")
);
--> statement-breakpoint
CREATE TABLE "filter_members" (
	"filter_id" bigint NOT NULL,
	"computer_id" bigint NOT NULL,
	CONSTRAINT "filter_members_filter_id_computer_id_pk" PRIMARY KEY("filter_id","computer_id")
);
--> statement-breakpoint
CREATE TABLE "filters" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "filters_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"tenant_id" bigint,
	"name" text NOT NULL,
	"script_id" bigint NOT NULL,
	"refreshed_at" timestamp with time zone,
	"last_error" text
);
--> statement-breakpoint
CREATE TABLE "group_members" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "group_members_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"group_id" bigint NOT NULL,
	"person_id" bigint,
	"computer_id" bigint,
	"tenant_id" bigint,
	"nested_group_id" bigint,
	"since" timestamp with time zone NOT NULL,
	CONSTRAINT "group_members_one" CHECK (num_nonnulls("group_members"."person_id", "group_members"."computer_id", "group_members"."tenant_id", "group_members"."nested_group_id") = 1)
);
--> statement-breakpoint
CREATE TABLE "groups" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "groups_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"tenant_id" bigint,
	"integration_id" bigint,
	"external_id" text NOT NULL,
	"name" text NOT NULL,
	"vanished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "tag_assignments" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "tag_assignments_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"tag_id" bigint NOT NULL,
	"computer_id" bigint,
	"tenant_id" bigint,
	"person_id" bigint,
	"assigned_at" timestamp with time zone NOT NULL,
	CONSTRAINT "tag_assignments_one" CHECK (num_nonnulls("tag_assignments"."computer_id", "tag_assignments"."tenant_id", "tag_assignments"."person_id") = 1)
);
--> statement-breakpoint
CREATE TABLE "tags" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "tags_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"tenant_id" bigint,
	"name" text NOT NULL,
	"color" text,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "brandings" (
	"tenant_id" bigint PRIMARY KEY NOT NULL,
	"company_name" text,
	"logo_url" text,
	"accent_color" text,
	"sender_name" text,
	"sender_address" text,
	"support_contact" text,
	"footer" text,
	"valid_from" timestamp with time zone,
	"valid_to" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tenants" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "tenants_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"parent_id" bigint,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"time_zone" text NOT NULL,
	"ancestor_ids" bigint[] DEFAULT '{}'::bigint[] NOT NULL,
	"opts_out_of_cross_tenant" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"archived_at" timestamp with time zone,
	CONSTRAINT "tenants_msp_is_root" CHECK (("tenants"."kind" = 'msp') = ("tenants"."parent_id" is null))
);
--> statement-breakpoint
ALTER TABLE "affinity_changes" ADD CONSTRAINT "affinity_changes_computer_id_computers_id_fk" FOREIGN KEY ("computer_id") REFERENCES "public"."computers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "affinity_changes" ADD CONSTRAINT "affinity_changes_from_person_id_people_id_fk" FOREIGN KEY ("from_person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "affinity_changes" ADD CONSTRAINT "affinity_changes_to_person_id_people_id_fk" FOREIGN KEY ("to_person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agents" ADD CONSTRAINT "agents_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agents" ADD CONSTRAINT "agents_computer_id_computers_id_fk" FOREIGN KEY ("computer_id") REFERENCES "public"."computers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agents" ADD CONSTRAINT "agents_integration_id_integrations_id_fk" FOREIGN KEY ("integration_id") REFERENCES "public"."integrations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "computers" ADD CONSTRAINT "computers_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "computers" ADD CONSTRAINT "computers_rival_computer_id_computers_id_fk" FOREIGN KEY ("rival_computer_id") REFERENCES "public"."computers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "computers" ADD CONSTRAINT "computers_primary_person_id_people_id_fk" FOREIGN KEY ("primary_person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "detections" ADD CONSTRAINT "detections_computer_id_computers_id_fk" FOREIGN KEY ("computer_id") REFERENCES "public"."computers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "detections" ADD CONSTRAINT "detections_item_id_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."items"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrollment_keys" ADD CONSTRAINT "enrollment_keys_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrollment_keys" ADD CONSTRAINT "enrollment_keys_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inventories" ADD CONSTRAINT "inventories_computer_id_computers_id_fk" FOREIGN KEY ("computer_id") REFERENCES "public"."computers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_values" ADD CONSTRAINT "task_values_computer_id_computers_id_fk" FOREIGN KEY ("computer_id") REFERENCES "public"."computers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_values" ADD CONSTRAINT "task_values_item_id_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."items"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "upn_sightings" ADD CONSTRAINT "upn_sightings_computer_id_computers_id_fk" FOREIGN KEY ("computer_id") REFERENCES "public"."computers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deployment_revisions" ADD CONSTRAINT "deployment_revisions_deployment_id_deployments_id_fk" FOREIGN KEY ("deployment_id") REFERENCES "public"."deployments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deployment_revisions" ADD CONSTRAINT "deployment_revisions_changed_by_users_id_fk" FOREIGN KEY ("changed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deployments" ADD CONSTRAINT "deployments_item_id_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deployments" ADD CONSTRAINT "deployments_target_tenant_id_tenants_id_fk" FOREIGN KEY ("target_tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deployments" ADD CONSTRAINT "deployments_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "email_events" ADD CONSTRAINT "email_events_email_id_emails_id_fk" FOREIGN KEY ("email_id") REFERENCES "public"."emails"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "emails" ADD CONSTRAINT "emails_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "emails" ADD CONSTRAINT "emails_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "emails" ADD CONSTRAINT "emails_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_choices" ADD CONSTRAINT "message_choices_link_id_message_links_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."message_links"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_links" ADD CONSTRAINT "message_links_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_links" ADD CONSTRAINT "message_links_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "engine_runs" ADD CONSTRAINT "engine_runs_event_id_engine_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."engine_events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "engine_steps" ADD CONSTRAINT "engine_steps_run_id_engine_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."engine_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "engine_waits" ADD CONSTRAINT "engine_waits_run_id_engine_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."engine_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "integration_clients" ADD CONSTRAINT "integration_clients_integration_id_integrations_id_fk" FOREIGN KEY ("integration_id") REFERENCES "public"."integrations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "integration_clients" ADD CONSTRAINT "integration_clients_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "item_order" ADD CONSTRAINT "item_order_item_id_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."items"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "licences" ADD CONSTRAINT "licences_item_id_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "licences" ADD CONSTRAINT "licences_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prerequisite_items" ADD CONSTRAINT "prerequisite_items_prerequisite_id_prerequisites_id_fk" FOREIGN KEY ("prerequisite_id") REFERENCES "public"."prerequisites"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prerequisite_items" ADD CONSTRAINT "prerequisite_items_item_id_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prerequisites" ADD CONSTRAINT "prerequisites_item_id_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."items"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "script_versions" ADD CONSTRAINT "script_versions_script_id_scripts_id_fk" FOREIGN KEY ("script_id") REFERENCES "public"."scripts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "script_versions" ADD CONSTRAINT "script_versions_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "software" ADD CONSTRAINT "software_item_id_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."items"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "software" ADD CONSTRAINT "software_version_script_id_scripts_id_fk" FOREIGN KEY ("version_script_id") REFERENCES "public"."scripts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "software" ADD CONSTRAINT "software_upgrade_script_id_scripts_id_fk" FOREIGN KEY ("upgrade_script_id") REFERENCES "public"."scripts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "software" ADD CONSTRAINT "software_repair_script_id_scripts_id_fk" FOREIGN KEY ("repair_script_id") REFERENCES "public"."scripts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "software" ADD CONSTRAINT "software_test_script_id_scripts_id_fk" FOREIGN KEY ("test_script_id") REFERENCES "public"."scripts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "software" ADD CONSTRAINT "software_configuration_item_id_items_id_fk" FOREIGN KEY ("configuration_item_id") REFERENCES "public"."items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "software_versions" ADD CONSTRAINT "software_versions_item_id_software_item_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."software"("item_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_scripts" ADD CONSTRAINT "task_scripts_item_id_tasks_item_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."tasks"("item_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_scripts" ADD CONSTRAINT "task_scripts_test_script_id_scripts_id_fk" FOREIGN KEY ("test_script_id") REFERENCES "public"."scripts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_scripts" ADD CONSTRAINT "task_scripts_set_script_id_scripts_id_fk" FOREIGN KEY ("set_script_id") REFERENCES "public"."scripts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_scripts" ADD CONSTRAINT "task_scripts_get_script_id_scripts_id_fk" FOREIGN KEY ("get_script_id") REFERENCES "public"."scripts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_item_id_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."items"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "job_output" ADD CONSTRAINT "job_output_job_id_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."jobs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "job_results" ADD CONSTRAINT "job_results_job_id_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."jobs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_computer_id_computers_id_fk" FOREIGN KEY ("computer_id") REFERENCES "public"."computers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_action_id_actions_id_fk" FOREIGN KEY ("action_id") REFERENCES "public"."actions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant_contacts" ADD CONSTRAINT "tenant_contacts_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant_contacts" ADD CONSTRAINT "tenant_contacts_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedule_runs" ADD CONSTRAINT "schedule_runs_schedule_id_schedules_id_fk" FOREIGN KEY ("schedule_id") REFERENCES "public"."schedules"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedules" ADD CONSTRAINT "schedules_target_tenant_id_tenants_id_fk" FOREIGN KEY ("target_tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedules" ADD CONSTRAINT "schedules_item_id_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedules" ADD CONSTRAINT "schedules_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "actions" ADD CONSTRAINT "actions_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "actions" ADD CONSTRAINT "actions_item_id_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "actions" ADD CONSTRAINT "actions_deployment_id_deployments_id_fk" FOREIGN KEY ("deployment_id") REFERENCES "public"."deployments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "actions" ADD CONSTRAINT "actions_required_by_id_actions_id_fk" FOREIGN KEY ("required_by_id") REFERENCES "public"."actions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_events" ADD CONSTRAINT "session_events_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_computer_id_computers_id_fk" FOREIGN KEY ("computer_id") REFERENCES "public"."computers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_schedule_id_schedules_id_fk" FOREIGN KEY ("schedule_id") REFERENCES "public"."schedules"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_item_id_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_additions" ADD CONSTRAINT "agreement_additions_agreement_id_agreements_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."agreements"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_integration_id_integrations_id_fk" FOREIGN KEY ("integration_id") REFERENCES "public"."integrations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "computer_target_keys" ADD CONSTRAINT "computer_target_keys_computer_id_computers_id_fk" FOREIGN KEY ("computer_id") REFERENCES "public"."computers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "filter_members" ADD CONSTRAINT "filter_members_filter_id_filters_id_fk" FOREIGN KEY ("filter_id") REFERENCES "public"."filters"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "filter_members" ADD CONSTRAINT "filter_members_computer_id_computers_id_fk" FOREIGN KEY ("computer_id") REFERENCES "public"."computers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "filters" ADD CONSTRAINT "filters_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "filters" ADD CONSTRAINT "filters_script_id_scripts_id_fk" FOREIGN KEY ("script_id") REFERENCES "public"."scripts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_computer_id_computers_id_fk" FOREIGN KEY ("computer_id") REFERENCES "public"."computers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_nested_group_id_groups_id_fk" FOREIGN KEY ("nested_group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "groups" ADD CONSTRAINT "groups_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "groups" ADD CONSTRAINT "groups_integration_id_integrations_id_fk" FOREIGN KEY ("integration_id") REFERENCES "public"."integrations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tag_assignments" ADD CONSTRAINT "tag_assignments_tag_id_tags_id_fk" FOREIGN KEY ("tag_id") REFERENCES "public"."tags"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tag_assignments" ADD CONSTRAINT "tag_assignments_computer_id_computers_id_fk" FOREIGN KEY ("computer_id") REFERENCES "public"."computers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tag_assignments" ADD CONSTRAINT "tag_assignments_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tag_assignments" ADD CONSTRAINT "tag_assignments_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tags" ADD CONSTRAINT "tags_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brandings" ADD CONSTRAINT "brandings_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenants" ADD CONSTRAINT "tenants_parent_id_tenants_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "affinity_changes_computer" ON "affinity_changes" USING btree ("computer_id","changed_at");--> statement-breakpoint
CREATE UNIQUE INDEX "agents_instance" ON "agents" USING btree ("instance_id");--> statement-breakpoint
CREATE UNIQUE INDEX "agents_external" ON "agents" USING btree ("integration_id","external_id");--> statement-breakpoint
CREATE INDEX "agents_computer" ON "agents" USING btree ("computer_id");--> statement-breakpoint
CREATE INDEX "agents_tenant" ON "agents" USING btree ("tenant_id");--> statement-breakpoint
CREATE INDEX "agents_connected" ON "agents" USING btree ("hub_id") WHERE "agents"."connected";--> statement-breakpoint
CREATE INDEX "computers_tenant_name" ON "computers" USING btree ("tenant_id","name","id");--> statement-breakpoint
CREATE INDEX "computers_name" ON "computers" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "computers_last_seen" ON "computers" USING btree ("last_seen_at","id");--> statement-breakpoint
CREATE INDEX "computers_status" ON "computers" USING btree ("status","id");--> statement-breakpoint
CREATE INDEX "computers_person" ON "computers" USING btree ("primary_person_id");--> statement-breakpoint
CREATE INDEX "computers_smbios" ON "computers" USING btree ("smbios_uuid");--> statement-breakpoint
CREATE INDEX "computers_os_installation" ON "computers" USING btree ("os_installation_id");--> statement-breakpoint
CREATE INDEX "detections_item" ON "detections" USING btree ("item_id");--> statement-breakpoint
CREATE UNIQUE INDEX "enrollment_keys_hash" ON "enrollment_keys" USING btree ("key_hash");--> statement-breakpoint
CREATE INDEX "enrollment_keys_tenant" ON "enrollment_keys" USING btree ("tenant_id");--> statement-breakpoint
CREATE INDEX "task_values_computer_item" ON "task_values" USING btree ("computer_id","item_id","recorded_at");--> statement-breakpoint
CREATE INDEX "upn_sightings_computer" ON "upn_sightings" USING btree ("computer_id","seen_at");--> statement-breakpoint
CREATE INDEX "deployments_item" ON "deployments" USING btree ("item_id") WHERE "deployments"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "deployments_key" ON "deployments" USING btree ("target_key") WHERE "deployments"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "deployments_tenant" ON "deployments" USING btree ("target_tenant_id");--> statement-breakpoint
CREATE INDEX "deployments_updated" ON "deployments" USING btree ("updated_at","id");--> statement-breakpoint
CREATE INDEX "email_events_email" ON "email_events" USING btree ("email_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "emails_idempotency" ON "emails" USING btree ("idempotency_key");--> statement-breakpoint
CREATE INDEX "emails_session" ON "emails" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "emails_tenant" ON "emails" USING btree ("tenant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "emails_created" ON "emails" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "emails_provider" ON "emails" USING btree ("provider_id");--> statement-breakpoint
CREATE INDEX "message_choices_link" ON "message_choices" USING btree ("link_id");--> statement-breakpoint
CREATE INDEX "message_links_session" ON "message_links" USING btree ("session_id");--> statement-breakpoint
CREATE UNIQUE INDEX "engine_events_external_id" ON "engine_events" USING btree ("external_id") WHERE external_id is not null;--> statement-breakpoint
CREATE INDEX "engine_events_received_at" ON "engine_events" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "engine_runs_ready" ON "engine_runs" USING btree ("rank","id") WHERE state = 'ready';--> statement-breakpoint
CREATE INDEX "engine_runs_active" ON "engine_runs" USING btree ("owner") WHERE state = 'active';--> statement-breakpoint
CREATE INDEX "engine_runs_parked" ON "engine_runs" USING btree ("due_at") WHERE state = 'parked' and due_at is not null;--> statement-breakpoint
CREATE INDEX "engine_runs_done" ON "engine_runs" USING btree ("ended_at") WHERE state = 'done';--> statement-breakpoint
CREATE INDEX "engine_runs_event" ON "engine_runs" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "engine_runs_function" ON "engine_runs" USING btree ("function_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "engine_runs_idempotency" ON "engine_runs" USING btree ("function_id","idempotency_key") WHERE idempotency_key is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "engine_runs_singleton" ON "engine_runs" USING btree ("function_id","singleton_key") WHERE singleton_key is not null and state <> 'done';--> statement-breakpoint
CREATE INDEX "engine_waits_match" ON "engine_waits" USING btree ("event_name","match_key");--> statement-breakpoint
CREATE UNIQUE INDEX "integration_clients_external" ON "integration_clients" USING btree ("integration_id","external_id");--> statement-breakpoint
CREATE INDEX "integration_clients_tenant" ON "integration_clients" USING btree ("tenant_id");--> statement-breakpoint
CREATE INDEX "item_order_zone" ON "item_order" USING btree ("zone","position");--> statement-breakpoint
CREATE UNIQUE INDEX "items_slug" ON "items" USING btree ("origin","kind","slug");--> statement-breakpoint
CREATE INDEX "items_name" ON "items" USING btree ("kind","name","id");--> statement-breakpoint
CREATE INDEX "items_order_name" ON "items" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "licences_item" ON "licences" USING btree ("item_id");--> statement-breakpoint
CREATE INDEX "prerequisite_items_item" ON "prerequisite_items" USING btree ("item_id");--> statement-breakpoint
CREATE INDEX "prerequisites_item" ON "prerequisites" USING btree ("item_id");--> statement-breakpoint
CREATE UNIQUE INDEX "scripts_slug" ON "scripts" USING btree ("origin","slug");--> statement-breakpoint
CREATE INDEX "scripts_name" ON "scripts" USING btree ("name","id");--> statement-breakpoint
CREATE UNIQUE INDEX "software_versions_version" ON "software_versions" USING btree ("item_id","version");--> statement-breakpoint
CREATE INDEX "jobs_waiting" ON "jobs" USING btree ("agent_id","created_at") WHERE "jobs"."status" in ('queued','started');--> statement-breakpoint
CREATE INDEX "jobs_session" ON "jobs" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "jobs_action" ON "jobs" USING btree ("action_id");--> statement-breakpoint
CREATE INDEX "jobs_deadline" ON "jobs" USING btree ("deadline_at") WHERE "jobs"."status" in ('queued','started');--> statement-breakpoint
CREATE INDEX "approvals_open" ON "approvals" USING btree ("decided_at");--> statement-breakpoint
CREATE UNIQUE INDEX "audit_log_chain" ON "audit_log" USING btree ("chain","sequence");--> statement-breakpoint
CREATE INDEX "audit_log_at" ON "audit_log" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "audit_log_tenant" ON "audit_log" USING btree ("tenant_id","id");--> statement-breakpoint
CREATE INDEX "audit_log_entity" ON "audit_log" USING btree ("entity","entity_id","id");--> statement-breakpoint
CREATE INDEX "outbox_events_created" ON "outbox_events" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "api_tokens_hash" ON "api_tokens" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "people_upn" ON "people" USING btree ("tenant_id",lower("upn"));--> statement-breakpoint
CREATE INDEX "people_tenant_name" ON "people" USING btree ("tenant_id","display_name","id");--> statement-breakpoint
CREATE INDEX "people_entra" ON "people" USING btree ("entra_object_id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_identity" ON "users" USING btree ("tid","oid");--> statement-breakpoint
CREATE INDEX "users_name" ON "users" USING btree ("display_name","id");--> statement-breakpoint
CREATE INDEX "schedules_name" ON "schedules" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "schedules_live" ON "schedules" USING btree ("enabled") WHERE "schedules"."deleted_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "actions_position" ON "actions" USING btree ("session_id","position");--> statement-breakpoint
CREATE INDEX "actions_item" ON "actions" USING btree ("item_id","id");--> statement-breakpoint
CREATE INDEX "actions_failed" ON "actions" USING btree ("item_id","ended_at") WHERE "actions"."result" = 'failed';--> statement-breakpoint
CREATE UNIQUE INDEX "session_events_key" ON "session_events" USING btree ("session_id","key");--> statement-breakpoint
CREATE INDEX "session_events_at" ON "session_events" USING btree ("session_id","id");--> statement-breakpoint
CREATE INDEX "sessions_computer" ON "sessions" USING btree ("computer_id","id");--> statement-breakpoint
CREATE INDEX "sessions_tenant" ON "sessions" USING btree ("tenant_id","id");--> statement-breakpoint
CREATE INDEX "sessions_status" ON "sessions" USING btree ("status","id");--> statement-breakpoint
CREATE INDEX "sessions_created" ON "sessions" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "sessions_live" ON "sessions" USING btree ("computer_id") WHERE "sessions"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "sessions_schedule" ON "sessions" USING btree ("schedule_id");--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_one_holder" ON "sessions" USING btree ("computer_id") WHERE "sessions"."computer_turn" = 'holds';--> statement-breakpoint
CREATE INDEX "sessions_queue" ON "sessions" USING btree ("computer_id") WHERE "sessions"."computer_turn" = 'waits';--> statement-breakpoint
CREATE INDEX "agreement_additions_agreement" ON "agreement_additions" USING btree ("agreement_id");--> statement-breakpoint
CREATE INDEX "agreement_additions_product" ON "agreement_additions" USING btree ("product");--> statement-breakpoint
CREATE INDEX "agreements_tenant" ON "agreements" USING btree ("tenant_id");--> statement-breakpoint
CREATE INDEX "agreements_type" ON "agreements" USING btree ("agreement_type");--> statement-breakpoint
CREATE INDEX "computer_target_keys_key" ON "computer_target_keys" USING btree ("key");--> statement-breakpoint
CREATE INDEX "filter_members_computer" ON "filter_members" USING btree ("computer_id");--> statement-breakpoint
CREATE INDEX "group_members_group" ON "group_members" USING btree ("group_id");--> statement-breakpoint
CREATE INDEX "group_members_person" ON "group_members" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "group_members_computer" ON "group_members" USING btree ("computer_id");--> statement-breakpoint
CREATE INDEX "group_members_nested" ON "group_members" USING btree ("nested_group_id");--> statement-breakpoint
CREATE UNIQUE INDEX "groups_external" ON "groups" USING btree ("kind",coalesce("integration_id", 0),"external_id");--> statement-breakpoint
CREATE INDEX "groups_tenant" ON "groups" USING btree ("tenant_id");--> statement-breakpoint
CREATE UNIQUE INDEX "tag_assignments_computer" ON "tag_assignments" USING btree ("computer_id","tag_id") WHERE "tag_assignments"."computer_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "tag_assignments_tenant" ON "tag_assignments" USING btree ("tenant_id","tag_id") WHERE "tag_assignments"."tenant_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "tag_assignments_person" ON "tag_assignments" USING btree ("person_id","tag_id") WHERE "tag_assignments"."person_id" is not null;--> statement-breakpoint
CREATE INDEX "tag_assignments_tag" ON "tag_assignments" USING btree ("tag_id");--> statement-breakpoint
CREATE UNIQUE INDEX "tags_name" ON "tags" USING btree (coalesce("tenant_id", 0),lower("name"));--> statement-breakpoint
CREATE UNIQUE INDEX "tenants_slug" ON "tenants" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "tenants_parent" ON "tenants" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "tenants_ancestors" ON "tenants" USING gin ("ancestor_ids");--> statement-breakpoint
CREATE INDEX "tenants_name" ON "tenants" USING btree ("name","id");--> statement-breakpoint
CREATE UNIQUE INDEX "tenants_one_msp" ON "tenants" USING btree ("kind") WHERE "tenants"."kind" = 'msp';