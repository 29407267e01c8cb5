# One bucket, with a lock for proofs. Objects are sealed before they come here; the bucket's own key is a second layer.
resource "aws_s3_bucket" "zones" {
  bucket              = var.bucket
  object_lock_enabled = true

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_versioning" "zones" {
  bucket = aws_s3_bucket.zones.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_public_access_block" "zones" {
  bucket                  = aws_s3_bucket.zones.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "zones" {
  bucket = aws_s3_bucket.zones.id
  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "zones" {
  bucket = aws_s3_bucket.zones.id
  rule {
    id     = "incomplete-uploads"
    status = "Enabled"
    filter {}
    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }
}

resource "aws_kms_key" "bucket" {
  description         = "Second layer under the zones of MedRedact"
  enable_key_rotation = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "zones" {
  bucket = aws_s3_bucket.zones.id
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.bucket.arn
    }
  }
}

data "aws_iam_policy_document" "bucket" {
  statement {
    sid       = "OnlyOverTls"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.zones.arn, "${aws_s3_bucket.zones.arn}/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }

  statement {
    sid       = "NobodyShortensALock"
    effect    = "Deny"
    actions   = ["s3:BypassGovernanceRetention"]
    resources = ["${aws_s3_bucket.zones.arn}/proofs/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }

  # Contents are for the three roles alone; administrators see names and settings.
  statement {
    sid       = "NobodyElse"
    effect    = "Deny"
    actions   = ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"]
    resources = ["${aws_s3_bucket.zones.arn}/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "StringNotEquals"
      variable = "aws:PrincipalArn"
      values   = [for role in aws_iam_role.host : role.arn]
    }
  }
}

resource "aws_s3_bucket_policy" "zones" {
  bucket = aws_s3_bucket.zones.id
  policy = data.aws_iam_policy_document.bucket.json
}
