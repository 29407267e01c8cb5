terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.0" }
  }
}

variable "bucket" {
  description = "The bucket of all zones (S3ZoneStoreOptions.Bucket)."
  type        = string
}

variable "ring" {
  description = "The ring of keys (AwsKmsOptions.Ring)."
  type        = string
}

variable "trusted" {
  description = "Who may take each role: the ARNs of the hosts' own roles. Nobody else can."
  type = object({
    ingest   = list(string)
    reviewer = list(string)
    auditor  = list(string)
  })
}

variable "keep_proofs_years" {
  description = "How long a proof cannot be deleted by anybody (45 CFR 164.316(b)(2)(i): six years)."
  type        = number
  default     = 6
}

data "aws_caller_identity" "here" {}

data "aws_region" "here" {}

locals {
  # What each role may read and write, by zone; keys lie under ZONE/ in the bucket.
  zones = {
    ingest   = { read = ["quarantine", "redacted", "structured", "tokens", "proofs"], write = ["quarantine", "redacted", "structured", "tokens", "proofs"] }
    reviewer = { read = ["quarantine", "redacted"], write = [] }
    auditor  = { read = ["proofs"], write = [] }
  }

  account = data.aws_caller_identity.here.account_id
  keys    = "arn:aws:kms:${data.aws_region.here.name}:${local.account}:key/*"
  aliases = "arn:aws:kms:${data.aws_region.here.name}:${local.account}:alias/medredact/${var.ring}/*"
}
