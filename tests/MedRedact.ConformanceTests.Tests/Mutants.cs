using MedRedact.Synthesis;
using MedRedact.Testing;

namespace MedRedact.ConformanceTests.Tests;

/// <summary>A broken implementation and the claim that must catch it.</summary>
internal sealed record Mutant(object Suite, string Claim, string Why);

internal static class Mutants
{
    private static readonly SyntheticPage s_page = SyntheticRecords.Create(DocumentKind.InsuranceCard, seed: 1).DrawPages(new DrawOptions { Dpi = 72 })[0];

    private static int s_moods;

    public static IEnumerable<Mutant> All() =>
    [
        new(new Sinks(() => new GappySink()), nameof(AuditSinkContract.Receipts_are_numbered_without_gaps), "every second number is missing"),
        new(new Sinks(() => new RacingSink()), nameof(AuditSinkContract.Appends_at_the_same_time_get_one_number_each), "numbers race"),
        new(new Sinks(() => new EditedSink(receipt => receipt with { LeafHash = new LeafHash(new Digest256(1, 1)) })), nameof(AuditSinkContract.Different_events_have_different_leaf_hashes), "one hash for all"),
        new(new Sinks(() => new CarelessSink()), nameof(AuditSinkContract.A_field_that_the_kind_does_not_declare_is_refused_and_takes_no_number), "undeclared fields pass"),
        new(new Sinks(() => new CancellationEatingSink()), nameof(AuditSinkContract.A_cancelled_call_says_so_and_leaves_no_gap), "cancellation becomes another fault"),
        new(new Sinks(() => new RecordingAuditSink()), nameof(DurableAuditSinkContract.What_was_acknowledged_is_still_there_when_the_sink_is_opened_again), "acknowledged events are gone"),

        new(new Policies(() => new BrokenPolicy((_, _) => Disposition.Tokenize)), nameof(DispositionPolicyContract.It_decides_nothing_but_what_it_says_it_uses), "an undeclared disposition"),
        new(new Policies(() => new BrokenPolicy((_, _) => (Disposition)99)), nameof(DispositionPolicyContract.It_decides_nothing_but_what_it_says_it_uses), "no disposition at all"),
        new(new Policies(() => new BrokenPolicy((_, asked) => asked % 3 == 0 ? Disposition.Keep : Disposition.Redact)), nameof(DispositionPolicyContract.The_same_question_has_the_same_answer_in_any_order_and_on_any_thread), "moods"),
        new(new Policies(() => new BrokenPolicy((_, _) => Disposition.Redact, asked => new Digest256(9, (UInt128)asked))), nameof(DispositionPolicyContract.Policies_configured_alike_have_one_hash_and_keep_it), "the hash moves"),
        new(new Policies(() => new BrokenPolicy((_, _) => Disposition.Redact, _ => default)), nameof(DispositionPolicyContract.Its_name_is_an_id_and_its_hash_is_not_empty), "no hash"),
        new(new Policies(() => new BrokenPolicy((finding, _) => finding.Category.Taxonomy == "safe-harbor" ? Disposition.Redact : Disposition.Keep)), nameof(DispositionPolicyContract.What_nobody_has_heard_of_does_not_stay), "the unknown stays"),
        new(new Policies(() => new BrokenPolicy((finding, _) => finding.Confidence.Value < 0.6 ? Disposition.Keep : Disposition.Redact)), nameof(DispositionPolicyContract.An_area_without_readable_text_does_not_stay), "doubt is release"),
        new(new Policies(() => new BrokenPolicy((finding, _) => finding.Category.IsA(PhiCategory.Date) ? Disposition.ShiftDate : Disposition.Redact)), nameof(SafeHarborPolicyContract.No_identifier_of_the_eighteen_stays_or_is_merely_shifted), "shifted dates are not Safe Harbor"),

        new(new Redactors(() => new BrokenRedactor(target => Replacement.Free("was " + target.Value.Reveal() + "."))), nameof(RedactorContract.No_replacement_repeats_the_value_or_breaks_the_line), "the value comes back"),
        new(new Redactors(() => new BrokenRedactor(_ => Replacement.Free("two\nlines"))), nameof(RedactorContract.No_replacement_repeats_the_value_or_breaks_the_line), "a line break"),
        new(new Redactors(() => new BrokenRedactor(target => Replacement.Mask(target.Value.Reveal().Length), Disposition.Redact)), nameof(RedactorContract.A_mask_or_label_does_not_tell_how_long_the_value_was), "the mask is as long as the value"),
        new(new Redactors(() => new BrokenRedactor(target => Replacement.Label(target.Finding.Category))), nameof(RedactorContract.It_answers_its_own_examples_with_a_replacement_of_the_kind_it_serves), "a label generalizes nothing"),
        new(new Redactors(() => new BrokenRedactor(_ => null)), nameof(RedactorContract.It_answers_its_own_examples_with_a_replacement_of_the_kind_it_serves), "no answer"),
        new(new Redactors(Counting), nameof(RedactorContract.The_same_value_of_one_subject_gets_the_same_replacement_also_from_many_threads), "a new answer each time"),
        new(new Redactors(() => new BrokenRedactor(_ => Replacement.For(new Token("NAME-1")), Disposition.Pseudonym)), nameof(RedactorContract.A_token_of_one_scope_or_tenant_is_none_of_another), "one token everywhere"),
        new(new Redactors(() => new BrokenRedactor(target => throw new FormatException("cannot parse " + target.Value.Reveal()))), nameof(RedactorContract.A_fault_never_carries_the_value), "the fault repeats it"),
        new(new Redactors(Printing), nameof(RedactorContract.Nothing_of_the_value_reaches_console_traces_metrics_or_temporary_files), "it prints"),
        new(new Redactors(() => new CancellationEatingRedactor()), nameof(RedactorContract.A_cancelled_call_says_so), "cancellation becomes another fault"),

        new(new Engines(() => new BrokenEngine((text, _) => text) { Version = "" }), nameof(OcrEngineContract.It_has_a_name_and_a_version), "no version"),
        new(new Engines(() => new BrokenEngine((text, _) => Rebuild(text, word => word with { Left = 5_000 }))), nameof(OcrEngineContract.It_reads_a_clean_page_and_says_where_each_word_stands), "boxes off the page"),
        new(new Engines(() => new BrokenEngine((text, _) => Rebuild(text, box => new Box(0, 0, 3, 3)))), nameof(OcrEngineContract.It_reads_a_clean_page_and_says_where_each_word_stands), "boxes elsewhere"),
        new(new Engines(() => new BrokenEngine((text, page) => Scratch(page, text))), nameof(OcrEngineContract.It_leaves_the_pixels_alone_and_reads_the_same_again_also_at_the_same_time), "it writes into the page"),
        new(new Engines(() => new BrokenEngine((text, _) => text)), nameof(OcrEngineContract.An_empty_page_has_no_words), "it reads what is not there"),
        new(new Engines(() => new BrokenEngine((text, _) => text) { IgnoresCancellation = true }), nameof(OcrEngineContract.A_cancelled_call_says_so), "it cannot be stopped"),
        new(new Engines(() => new BrokenEngine((text, _) => Print(text))), nameof(OcrEngineContract.Nothing_that_it_reads_reaches_console_traces_metrics_exceptions_or_temporary_files), "it prints what it reads"),

        new(new Detectors(() => new BrokenDetector((finding, _) => finding with { Location = new Location.Text(new TextSpan(1_000_000, 4)) })), nameof(PhiDetectorContract.Findings_lie_on_the_page_and_are_what_it_says_it_finds), "off the page"),
        new(new Detectors(() => new BrokenDetector((finding, _) => finding with { Category = PhiCategory.Vehicle })), nameof(PhiDetectorContract.Findings_lie_on_the_page_and_are_what_it_says_it_finds), "an undeclared category"),
        new(new Detectors(() => new BrokenDetector((finding, _) => finding with { DetectorId = new DetectorId("somebody-else") })), nameof(PhiDetectorContract.Findings_lie_on_the_page_and_are_what_it_says_it_finds), "under another name"),
        new(new Detectors(() => new BrokenDetector((finding, call) => finding with { Confidence = Confidence.Of(1.0 / (1 + call)) })), nameof(PhiDetectorContract.The_same_page_has_the_same_findings_also_from_many_threads), "it remembers"),
        new(new Detectors(() => new BrokenDetector((finding, _) => throw new InvalidOperationException("Too much."))), nameof(PhiDetectorContract.Hostile_text_neither_breaks_it_nor_draws_it_off_the_page), "hostile text breaks it"),

        new(new Detectors(() => new BrokenDetector((finding, _) => finding with { Location = new Location.Text(new TextSpan(((Location.Text)finding.Location).Span.Start, 2)) })), nameof(PhiDetectorContract.Hostile_text_neither_breaks_it_nor_draws_it_off_the_page), "it cuts a surrogate pair"),
        new(new Detectors(() => new BrokenDetector((finding, _) => finding with { Evidence = [new Evidence(new RuleId("seen"), new Location.Text(new TextSpan(1_000_000, 1)), 0.1)] })), nameof(PhiDetectorContract.Findings_lie_on_the_page_and_are_what_it_says_it_finds), "a ground off the page"),
        new(new Detectors(() => new BrokenDetector((finding, _) => finding with { Location = new Location.Text(new TextSpan(1_000_000, 4)) })), nameof(PhiDetectorContract.Merged_with_each_other_findings_are_disjoint_in_order_and_cover_what_was_claimed), "off the page"),
        new(new Detectors(() => new CodePointDetector()), nameof(PhiDetectorContract.Text_that_moves_takes_its_findings_along), "it counts code points"),
        new(new Detectors(() => NewMood()), nameof(PhiDetectorContract.Another_one_made_alike_finds_the_same), "every one has a mood of its own"),
        new(new Detectors(() => new ForgetfulPageDetector()), nameof(PhiDetectorContract.Different_pages_at_the_same_time_do_not_mix), "it remembers one page for all"),
        new(new Detectors(() => new NamingDetector(inGround: false)), nameof(PhiDetectorContract.No_id_of_a_rule_or_a_ground_repeats_what_it_saw), "the rule is called after the patient"),
        new(new Detectors(() => new NamingDetector(inGround: true)), nameof(PhiDetectorContract.No_id_of_a_rule_or_a_ground_repeats_what_it_saw), "the ground is called after the patient"),

        new(new Detectors(() => new BrokenDetector((finding, _) => finding) { EatsCancellation = true }), nameof(PhiDetectorContract.A_cancelled_call_says_so), "cancellation becomes another fault"),
        new(new Detectors(() => new BrokenDetector((finding, _) => finding) { Prints = true }), nameof(PhiDetectorContract.Nothing_that_it_sees_reaches_console_traces_metrics_exceptions_or_temporary_files), "it prints what it sees"),

        new(new StageSuite(() => new BrokenStage(Spoil.Scratch)), nameof(PageStageContract.It_borrows_the_page_and_leaves_its_pixels_alone), "it writes into the page"),
        new(new StageSuite(() => new BrokenStage((_, _, staged) => staged) { Memory = new OwnMemory() }), nameof(PageStageContract.A_new_raster_lives_in_the_memory_it_was_given_and_all_else_is_freed), "memory of its own"),
        new(new StageSuite(() => new BrokenStage(Spoil.LeaveBehind)), nameof(PageStageContract.A_new_raster_lives_in_the_memory_it_was_given_and_all_else_is_freed), "a raster is left behind"),
        new(new StageSuite(() => new BrokenStage((_, _, staged) => staged with { ToInput = PageTransform.Identity })), nameof(PageStageContract.What_is_printed_stands_where_the_way_back_says), "the way back is forgotten"),
        new(new StageSuite(() => new BrokenStage((_, _, staged) => staged with { ToInput = PageTransform.FromMatrix(0.5, 0, 0, 0.5, 6, 0) })), nameof(PageStageContract.What_is_printed_stands_where_the_way_back_says), "the way back leads six pixels aside"),
        new(new StageSuite(() => new BrokenStage(Spoil.Flicker)), nameof(PageStageContract.The_same_page_gives_the_same_raster_also_at_the_same_time), "no two results are alike"),
        new(new StageSuite(() => new BrokenStage(Spoil.RefuseSmall)), nameof(PageStageContract.A_blank_page_a_black_page_and_a_single_pixel_come_through), "a single pixel breaks it"),
        new(new StageSuite(() => new BrokenStage((_, _, staged) => staged) { EatsCancellation = true }), nameof(PageStageContract.A_cancelled_call_says_so), "cancellation becomes another fault"),
        new(new StageSuite(() => new BrokenStage(Spoil.Print)), nameof(PageStageContract.Nothing_that_it_sees_reaches_console_traces_metrics_exceptions_or_temporary_files), "it prints what it sees"),
        new(new PreparerSuite(() => new EagerPreparer()), nameof(PagePreparerContract.A_plan_of_nothing_hands_back_the_page_as_it_is), "it does what nobody planned"),

        new(new DocumentDetectorSuite(() => new BrokenDocumentDetector { Spoils = (finding, _) => finding with { Location = new Location.Text(new TextSpan(1_000_000, 4)) } }), nameof(DocumentDetectorContract.What_one_page_taught_is_found_on_another_and_lies_on_it), "off the page"),
        new(new DocumentDetectorSuite(() => new BrokenDocumentDetector { MixesDocuments = true }), nameof(DocumentDetectorContract.What_one_document_taught_is_unknown_in_another), "documents mix"),
        new(new DocumentDetectorSuite(() => new BrokenDocumentDetector { Spoils = (finding, call) => finding with { Confidence = Confidence.Of(1.0 / (1 + call)) } }), nameof(DocumentDetectorContract.Asked_again_in_any_order_and_from_many_threads_it_gives_the_same_answers), "it remembers questions"),
        new(new DocumentDetectorSuite(() => new BrokenDocumentDetector { LearnsLate = true }), nameof(DocumentDetectorContract.It_needs_no_page_that_it_gave_back), "it looks at pages that are gone"),
        new(new DocumentDetectorSuite(() => new BrokenDocumentDetector { Spoils = (_, _) => throw new InvalidOperationException("Too much.") }), nameof(DocumentDetectorContract.Hostile_text_neither_breaks_it_nor_draws_it_off_the_page), "hostile text breaks it"),
        new(new DocumentDetectorSuite(() => new BrokenDocumentDetector { EatsCancellation = true }), nameof(DocumentDetectorContract.A_cancelled_call_says_so), "cancellation becomes another fault"),
        new(new DocumentDetectorSuite(() => new BrokenDocumentDetector { Prints = true }), nameof(DocumentDetectorContract.Nothing_that_it_sees_reaches_ids_console_traces_metrics_exceptions_or_temporary_files), "it prints what it sees"),

        new(new Readers(() => new BrokenReader(new FakePageReader(s_page)) { KnowsNoEnd = true }), nameof(PageReaderContract.A_page_that_is_not_there_is_refused), "any number is a page"),
        new(new Readers(() => new BrokenReader(new FakePageReader(s_page)) { Flickers = true }), nameof(PageReaderContract.Opening_a_page_twice_and_from_many_threads_gives_identical_pixels), "two openings, two pages"),
        new(new Readers(() => new BrokenReader(new FakePageReader(s_page)) { Memory = _ => new OwnMemory() }), nameof(PageReaderContract.Pages_carry_the_identity_they_were_opened_with_and_live_in_the_memory_they_were_given), "memory of its own"),
        new(new Readers(() => new BrokenReader(new FakePageReader(s_page)) { ThrowsOnContent = true }), nameof(PageReaderContract.Inspection_never_throws_because_of_content_and_what_it_accepts_opens_or_faults_with_a_code), "content makes it throw"),
        new(new Readers(() => new BrokenReader(new FakePageReader(s_page))), nameof(PageReaderContract.Nothing_and_noise_are_not_documents), "noise is a document"),
        new(new Readers(() => new BrokenReader(new FakePageReader(s_page)) { Unlimited = true }), nameof(PageReaderContract.Limits_on_pages_and_pixels_are_enforced_before_a_page_is_handed_out), "no limits"),

        new(new Vaults(() => new BrokenVault { Scopes = _ => new TokenScope("conformance") }), nameof(TokenVaultContract.An_entry_is_found_by_token_and_by_index_within_its_scope_only), "scopes leak into each other"),
        new(new Vaults(() => new BrokenVault { ForgetsToRefuse = true }), nameof(TokenVaultContract.A_taken_token_or_index_is_refused_and_the_first_entry_stays), "a taken token is accepted"),
        new(new Vaults(() => new BrokenVault { ForgetsToRefuse = true }), nameof(TokenVaultContract.Of_many_who_add_one_value_at_the_same_time_one_wins_and_all_find_its_token), "everybody wins"),
        new(new Vaults(() => new BrokenVault { Stores = entry => entry with { Scope = new TokenScope("conformance") } }), nameof(TokenVaultContract.One_value_may_have_a_token_in_each_scope_and_category), "one scope for all"),
        new(new Vaults(() => new BrokenVault { PurgesLater = TimeSpan.FromDays(30) }), nameof(TokenVaultContract.A_purge_takes_what_is_older_in_its_scope_and_nothing_else), "it purges the young"),

        new(new Vaults(() => new BrokenVault { Stores = entry => entry with { Subject = null } }), nameof(TokenVaultContract.Subject_expiry_and_hold_come_back_as_they_were_put_in), "whose it is gets lost"),
        new(new Vaults(() => new BrokenVault { Stores = entry => entry with { ExpiresAt = null } }), nameof(TokenVaultContract.Subject_expiry_and_hold_come_back_as_they_were_put_in), "it never expires"),
        new(new Vaults(() => new BrokenVault { MixesUpBatches = true }), nameof(TokenVaultContract.A_batch_answers_in_its_order_and_adds_what_is_free), "the answers are another's"),
        new(new Vaults(() => new BrokenVault { AddsTheFirstOnly = true }), nameof(TokenVaultContract.A_batch_answers_in_its_order_and_adds_what_is_free), "the rest of a batch is lost"),
        new(new Vaults(() => new BrokenVault { AddsTheFirstOnly = true }), nameof(TokenVaultContract.Batches_that_race_for_the_same_values_end_with_one_entry_a_value), "two winners a value"),
        new(new Vaults(() => new BrokenVault { ReplacesBlindly = true }), nameof(TokenVaultContract.An_entry_is_replaced_only_as_it_was_found), "what is stale overwrites"),
        new(new Vaults(() => new BrokenVault { ReplacesBlindly = true }), nameof(TokenVaultContract.Of_many_who_replace_one_entry_at_the_same_time_one_wins), "everybody wins"),
        new(new Vaults(() => new BrokenVault { ReleasesOnReplacing = true }), nameof(TokenVaultContract.Replacing_an_entry_leaves_its_hold), "replacing ends a hold"),
        new(new Vaults(() => new BrokenVault { ForgetsHolds = true }), nameof(TokenVaultContract.What_is_held_survives_every_purge_until_it_is_released), "a hold holds nothing"),
        new(new Vaults(() => new BrokenVault { HoldsAll = true }), nameof(TokenVaultContract.A_subject_is_held_and_purged_alone), "everybody is held"),
        new(new Vaults(() => new BrokenVault { PurgesLater = TimeSpan.FromDays(30) }), nameof(TokenVaultContract.A_purge_of_what_expired_leaves_what_has_not), "it purges what lives"),
        new(new Vaults(() => new BrokenVault { KeepsNoCopy = true }), nameof(TokenVaultContract.The_vault_keeps_its_own_copy_of_an_envelope), "the caller's memory is the vault"),

        new(new Stores(() => new BrokenStore { ClosesStreams = true }), nameof(ZoneStoreContract.What_was_put_comes_back_byte_for_byte_from_a_seekable_stream), "it closes what is not its own"),
        new(new Stores(() => new BrokenStore { Addresses = target => target with { Tenant = new TenantId("all") } }), nameof(ZoneStoreContract.Zones_tenants_documents_and_names_are_apart), "tenants share"),
        new(new Stores(() => new BrokenStore { NeverErases = true }), nameof(ZoneStoreContract.A_second_put_replaces_the_first_and_an_erased_object_is_gone), "nothing is erased"),
        new(new Stores(() => new BrokenStore { WritesAtOnce = true }), nameof(ZoneStoreContract.A_put_that_fails_half_way_leaves_what_was_there), "it overwrites at once"),
        new(new Stores(() => new BrokenStore { WritesAtOnce = true }), nameof(ZoneStoreContract.A_listing_names_all_of_a_zone_and_tenant_or_of_one_document), "the listing ignores the document"),
        new(new Stores(() => new BrokenStore { WritesAtOnce = true }), nameof(ZoneStoreContract.Whoever_reads_while_an_object_is_replaced_sees_one_of_them_whole), "half an object is seen"),
        new(new Stores(() => new BrokenStore { IgnoresCancellation = true }), nameof(ZoneStoreContract.A_cancelled_put_shows_nothing), "it cannot be stopped"),

        new(new Wrappers(() => new BrokenWrapper { Binds = context => context with { Tenant = new TenantId("all") } }), nameof(KeyWrapperContract.A_wrong_context_damage_and_an_unknown_key_get_one_and_the_same_answer), "tenants are not bound"),
        new(new Wrappers(() => new BrokenWrapper { Binds = context => context with { Document = null } }), nameof(KeyWrapperContract.A_wrong_context_damage_and_an_unknown_key_get_one_and_the_same_answer), "documents are not bound"),
        new(new Wrappers(() => new BrokenWrapper { Explains = true }), nameof(KeyWrapperContract.A_wrong_context_damage_and_an_unknown_key_get_one_and_the_same_answer), "it explains"),
        new(new Wrappers(() => new BrokenWrapper { DoesNotWrap = true }), nameof(KeyWrapperContract.A_blob_is_short_never_the_same_twice_and_does_not_show_the_key), "it does not wrap"),
        new(new Wrappers(() => new BrokenWrapper { DoesNotWrap = true }), nameof(KeyWrapperContract.A_wrapped_key_opens_in_its_own_context_in_every_zone), "it does not open"),
        new(new Wrappers(() => new BrokenWrapper { DoesNotWrap = true }), nameof(KeyWrapperContract.Many_threads_wrap_and_open_at_the_same_time), "it does not open"),
        new(new Wrappers(() => new BrokenWrapper { LeavesKeysInMemory = true }), nameof(KeyWrapperContract.An_unwrapped_key_is_zeroed_when_it_is_disposed), "keys stay in memory"),
        .. KeyMutants.All(),
        .. ObjectKeyMutants.All(),
        .. AuthorizerMutants.All(),
        .. SuspensionMutants.All(), .. WormMutants.All(),
        .. ReviewMutants.All(),
        .. ErasableFieldMutants.All(),
    ];

    private static BrokenDetector NewMood()
    {
        double mood = 1.0 / Interlocked.Increment(ref s_moods);
        return new BrokenDetector((finding, _) => finding with { Confidence = Confidence.Of(mood) });
    }

    private static BrokenRedactor Counting()
    {
        int count = 0;
        return new BrokenRedactor(_ => Replacement.Free($"value {Interlocked.Increment(ref count)}"));
    }

    private static BrokenRedactor Printing() => new(target =>
    {
        Console.WriteLine("redacting " + target.Value.Reveal());
        return Replacement.Free("gone");
    });

    private static PageText Print(PageText text)
    {
        Console.WriteLine(text.Text.Read(0, static (content, _) => content.ToString()));
        return text;
    }

    private static PageText Scratch(PageImage page, PageText text)
    {
        page.Reveal().WritablePixels.Span[..50].Clear();
        return text;
    }

    private static PageText Rebuild(PageText text, Func<Box, Box> move)
    {
        var builder = new PageTextBuilder(PageTransform.Identity);
        foreach (LayoutWord word in text.Words)
            builder.AddWord(text.Text.Extract(word.Span).Reveal(), move(word.Box), word.Confidence);
        text.Dispose();
        return builder.Build();
    }

    private sealed class CancellationEatingRedactor : IRedactor
    {
        public Disposition Serves => Disposition.Redact;

        public System.Collections.Immutable.ImmutableArray<PhiCategory> Categories => [];

        public ValueTask<Replacement?> ProposeAsync(RedactionTarget target, CancellationToken cancellationToken = default) =>
            cancellationToken.IsCancellationRequested ? throw new InvalidOperationException("Something went wrong.") : ValueTask.FromResult<Replacement?>(Replacement.Erase);
    }

    // The suites over a broken implementation. They are not public, so the runner leaves them alone.
#pragma warning disable xUnit1000
    private sealed class Sinks(Func<IAuditSink> create) : DurableAuditSinkContract
    {
        protected override ValueTask<IAuditSink> CreateSinkAsync() => ValueTask.FromResult(create());

        protected override ValueTask<IAuditSink> ReopenAsync() => ValueTask.FromResult(create());
    }

    private sealed class Policies(Func<IDispositionPolicy> create) : SafeHarborPolicyContract
    {
        protected override IDispositionPolicy CreatePolicy() => create();
    }

    private sealed class Redactors(Func<IRedactor> create) : RedactorContract
    {
        protected override IReadOnlyList<(PhiCategory Category, string Value)> Examples => [(PhiCategory.PersonName, "Nkechi Whitehorse"), (PhiCategory.Date, "03/14/1962")];

        protected override IRedactor CreateRedactor() => create();
    }

    private sealed class Engines(Func<BrokenEngine> create) : OcrEngineContract
    {
        protected override IOcrEngine CreateEngine(IReadOnlyList<SyntheticPage> pages)
        {
            BrokenEngine engine = create();
            engine.Sound = FakeOcrEngine.ReadingTruth(pages);
            return engine;
        }
    }

    private sealed class Detectors(Func<IPhiDetector> create) : PhiDetectorContract
    {
        protected override IPhiDetector CreateDetector() => create();
    }

    private sealed class Readers(Func<IPageReader> create) : PageReaderContract
    {
        protected override IReadOnlyList<byte[]> Samples => [[1, 2, 3, 4, 5, 6, 7, 8]];

        protected override IPageReader CreateReader() => create();
    }

    private sealed class Vaults(Func<ITokenVault> create) : TokenVaultContract
    {
        protected override ValueTask<ITokenVault> CreateVaultAsync() => ValueTask.FromResult(create());
    }

    private sealed class Stores(Func<IZoneStore> create) : ZoneStoreContract
    {
        protected override ValueTask<IZoneStore> CreateStoreAsync() => ValueTask.FromResult(create());
    }

    private sealed class Wrappers(Func<IKeyWrapper> create) : KeyWrapperContract
    {
        protected override ValueTask<IKeyWrapper> CreateWrapperAsync() => ValueTask.FromResult(create());
    }
#pragma warning restore xUnit1000
}
