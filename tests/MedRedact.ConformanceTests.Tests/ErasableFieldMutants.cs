namespace MedRedact.ConformanceTests.Tests;

/// <summary>What is wrong with erasable fields.</summary>
public enum FieldFlaw
{
    None, Trims, LosesSalt, OneSalt, NoSalt, IgnoresAction, IgnoresExpiry, IgnoresTenants, IgnoresDocuments, ReadsUntold, MissesUntold, NamesWhatWasMadeUp, BlamesTheWatch, ReadsAnyway, ErasesFirst,
    NeverErases, ErasesAll, ErasesAnywhere, ErasesTheTenant, LeavesOne, ErasesUntold, EndsUntold, FailsTheSecondTime, CountsWhatIsGone, Forgets, ForgetsErasures, TakesAnything, Repeats, Prints,
    CannotBeStopped, EatsCancellation,
}

/// <summary>Erasable fields that are wrong in one way, and the claims that must catch them.</summary>
internal static class ErasableFieldMutants
{
    public static IEnumerable<Mutant> All() =>
    [
        Of(FieldFlaw.Trims, nameof(ErasableFieldsContract.What_was_committed_to_comes_back_with_what_proves_it), "it trims"),
        Of(FieldFlaw.LosesSalt, nameof(ErasableFieldsContract.What_was_committed_to_comes_back_with_what_proves_it), "the salt is another"),
        Of(FieldFlaw.OneSalt, nameof(ErasableFieldsContract.An_event_is_given_a_digest_that_is_never_the_same_twice_and_that_no_salt_but_its_own_opens), "one salt for all"),
        Of(FieldFlaw.NoSalt, nameof(ErasableFieldsContract.An_event_is_given_a_digest_that_is_never_the_same_twice_and_that_no_salt_but_its_own_opens), "no salt"),
        Of(FieldFlaw.IgnoresAction, nameof(ErasableFieldsContract.A_value_is_shown_under_a_grant_for_its_very_place_alone), "any action will do"),
        Of(FieldFlaw.IgnoresExpiry, nameof(ErasableFieldsContract.A_value_is_shown_under_a_grant_for_its_very_place_alone), "a grant never ends"),
        Of(FieldFlaw.IgnoresTenants, nameof(ErasableFieldsContract.A_value_is_shown_under_a_grant_for_its_very_place_alone), "tenants share"),
        Of(FieldFlaw.IgnoresDocuments, nameof(ErasableFieldsContract.A_value_is_shown_under_a_grant_for_its_very_place_alone), "documents share"),
        Of(FieldFlaw.ReadsUntold, nameof(ErasableFieldsContract.Every_reading_is_on_record_also_one_that_finds_nothing), "readings are not on record"),
        Of(FieldFlaw.MissesUntold, nameof(ErasableFieldsContract.Every_reading_is_on_record_also_one_that_finds_nothing), "guesses are not on record"),
        Of(FieldFlaw.NamesWhatWasMadeUp, nameof(ErasableFieldsContract.Every_reading_is_on_record_also_one_that_finds_nothing), "what was made up is on record"),
        Of(FieldFlaw.BlamesTheWatch, nameof(ErasableFieldsContract.Every_reading_is_on_record_also_one_that_finds_nothing), "who read is not on record"),
        Of(FieldFlaw.ReadsAnyway, nameof(ErasableFieldsContract.What_the_ledger_does_not_know_is_neither_shown_nor_erased), "it shows off the record"),
        Of(FieldFlaw.ErasesFirst, nameof(ErasableFieldsContract.What_the_ledger_does_not_know_is_neither_shown_nor_erased), "it erases off the record"),
        Of(FieldFlaw.NeverErases, nameof(ErasableFieldsContract.What_was_erased_is_gone_and_everything_else_is_not), "nothing is erased"),
        Of(FieldFlaw.ErasesAll, nameof(ErasableFieldsContract.What_was_erased_is_gone_and_everything_else_is_not), "a neighbour goes too"),
        Of(FieldFlaw.ErasesAnywhere, nameof(ErasableFieldsContract.What_was_erased_is_gone_and_everything_else_is_not), "another document's value goes"),
        Of(FieldFlaw.ErasesTheTenant, nameof(ErasableFieldsContract.All_of_a_document_is_erased_and_nothing_of_another_or_of_none), "the whole tenant goes"),
        Of(FieldFlaw.LeavesOne, nameof(ErasableFieldsContract.All_of_a_document_is_erased_and_nothing_of_another_or_of_none), "one is left"),
        Of(FieldFlaw.ErasesUntold, nameof(ErasableFieldsContract.The_ledger_is_told_what_is_erased_by_whom_and_that_it_is_gone), "what goes is not on record"),
        Of(FieldFlaw.EndsUntold, nameof(ErasableFieldsContract.The_ledger_is_told_what_is_erased_by_whom_and_that_it_is_gone), "that it went is not on record"),
        Of(FieldFlaw.BlamesTheWatch, nameof(ErasableFieldsContract.The_ledger_is_told_what_is_erased_by_whom_and_that_it_is_gone), "who erased is not on record"),
        Of(FieldFlaw.FailsTheSecondTime, nameof(ErasableFieldsContract.Erasing_again_is_no_fault_and_erases_nothing_more), "the second time fails"),
        Of(FieldFlaw.CountsWhatIsGone, nameof(ErasableFieldsContract.Erasing_again_is_no_fault_and_erases_nothing_more), "it counts what is gone"),
        Of(FieldFlaw.Forgets, nameof(ErasableFieldsContract.What_was_kept_and_erased_is_so_when_the_fields_are_opened_again), "it forgets"),
        Of(FieldFlaw.ForgetsErasures, nameof(ErasableFieldsContract.What_was_kept_and_erased_is_so_when_the_fields_are_opened_again), "what was erased comes back"),
        Of(FieldFlaw.TakesAnything, nameof(ErasableFieldsContract.A_value_that_is_none_or_too_long_is_refused_and_not_repeated), "it takes anything"),
        Of(FieldFlaw.Repeats, nameof(ErasableFieldsContract.A_value_that_is_none_or_too_long_is_refused_and_not_repeated), "the fault repeats it"),
        Of(FieldFlaw.Prints, nameof(ErasableFieldsContract.Nothing_of_a_value_reaches_ledger_console_traces_metrics_exceptions_or_temporary_files), "it prints"),
        Of(FieldFlaw.CannotBeStopped, nameof(ErasableFieldsContract.A_cancelled_call_says_so_and_changes_nothing), "it cannot be stopped"),
        Of(FieldFlaw.EatsCancellation, nameof(ErasableFieldsContract.A_cancelled_call_says_so_and_changes_nothing), "cancellation becomes another fault"),
        Of(FieldFlaw.NeverErases, nameof(ErasableFieldsContract.Many_threads_keep_read_and_erase_at_the_same_time), "nothing is erased"),
    ];

    private static Mutant Of(FieldFlaw flaw, string claim, string why) => new(new Suite(flaw), claim, why);

#pragma warning disable xUnit1000 // This suite is run by SuitesCatch alone.
    private sealed class Suite(FieldFlaw flaw) : ErasableFieldsContract
    {
        private readonly FieldShelf _shelf = new();

        protected override ValueTask<IErasableFields> OpenAsync(IAuditSink audit, TimeProvider time)
        {
            if (flaw == FieldFlaw.ForgetsErasures)
                _shelf.PutBack();
            return new(new ShelfFields(flaw == FieldFlaw.Forgets ? new FieldShelf() : _shelf, audit, time, flaw));
        }
    }
#pragma warning restore xUnit1000
}

/// <summary>Without a flaw, what the mutants are made of is sound.</summary>
[Proves(typeof(ShelfFields))]
public sealed class ShelfFieldsProof : ErasableFieldsContract
{
    private readonly FieldShelf _shelf = new();

    protected override ValueTask<IErasableFields> OpenAsync(IAuditSink audit, TimeProvider time) => new(new ShelfFields(_shelf, audit, time, FieldFlaw.None));
}
