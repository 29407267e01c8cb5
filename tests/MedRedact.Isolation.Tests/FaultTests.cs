namespace MedRedact.Isolation.Tests;

/// <summary>Whatever a page does to its worker costs that page two attempts, and nobody else anything.</summary>
public sealed class FaultTests
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(3);

    public FaultTests() => Assert.SkipUnless(MemoryFile.IsSupported, "Worker processes share memory files of Linux.");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("exit", "MR-ISO-003")]
    [InlineData("abort", "MR-ISO-003")]
    [InlineData("segmentation fault", "MR-ISO-003")]
    [InlineData("write a file", "MR-ISO-003")]
    [InlineData("compute", "MR-ISO-004")]
    [InlineData("answer late", "MR-ISO-004")]
    [InlineData("stop", "MR-ISO-004")]
    [InlineData("grow", "MR-ISO-005")]
    [InlineData("talk", "MR-ISO-006")]
    public async Task A_page_that_loses_two_workers_is_withheld_under_a_code_and_the_next_page_is_read(string manner, string code)
    {
        await using var workers = new Workers(manner, options =>
        {
            options.MemoryBytes = 192L << 20;
            options.Patience = code == "MR-ISO-004" ? Short : options.Patience;
        });

        PageFaultException fault = await workers.LoseAsync(Cancel);

        Assert.Equal(code, fault.Code.Value);
        Assert.Equal(2, workers.Pool.Started);
        Assert.Empty(workers.Pool.IdleProcesses);
        Assert.Equal("well", await workers.ReadWordsAsync(Workers.White, Cancel));
        Assert.Equal(3, workers.Pool.Started);
    }

    [Theory]
    [InlineData("answers garbage")]
    [InlineData("answers without end")]
    [InlineData("claims a huge frame")]
    [InlineData("claims pixels beyond the memory")]
    [InlineData("adds a byte")]
    [InlineData("forgets the text")]
    [InlineData("asks for a document that is not there")]
    [InlineData("faults without a code")]
    [InlineData("greets again")]
    public async Task What_is_no_answer_is_not_taken_for_one(string manner)
    {
        await using var workers = new Workers(manner, isRaw: true);
        Assert.Equal("MR-ISO-006", (await workers.LoseAsync(Cancel)).Code.Value);
        Assert.Equal(2, workers.Pool.Started);
        Assert.Empty(workers.Pool.IdleProcesses);
    }

    [Theory]
    [InlineData("is silent", "MR-ISO-001")]
    [InlineData("leaves", "MR-ISO-001")]
    [InlineData("greets with garbage", "MR-ISO-002")]
    [InlineData("lacks a part", "MR-ISO-002")]
    public async Task A_worker_that_does_not_introduce_itself_is_a_fault_of_the_machine_and_not_of_the_page(string manner, string code)
    {
        await using var workers = new Workers(manner, options => options.StartPatience = Short, isRaw: true);
        MedRedactException fault = await Assert.ThrowsAsync<MedRedactException>(() => workers.ReadAsync(Workers.White, Cancel));
        Assert.Equal(code, fault.Code.Value);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_a_fault_of_the_machine()
    {
        await using var workers = new Workers("well", options => options.Program = "/nonexistent/worker.dll");
        Assert.Equal("MR-ISO-001", (await Assert.ThrowsAsync<MedRedactException>(() => workers.ReadAsync(Workers.White, Cancel))).Code.Value);
    }

    [Fact]
    public async Task What_a_worker_lacks_reaches_the_user_with_its_remedy()
    {
        await using var workers = new Workers("refuse");
        MedRedactException fault = await Assert.ThrowsAsync<MedRedactException>(() => workers.ReadAsync(Workers.White, Cancel));
        Assert.Equal(("MR-OCR-001", "Install what is missing."), (fault.Code.Value, fault.Remedy));
    }

    [Theory]
    [InlineData("throw", "MR-ISO-007", 0)]
    [InlineData("fault", "MR-OCR-006", 1)]
    public async Task What_a_worker_says_of_a_page_is_a_code_and_no_word_more(string manner, string code, int kept)
    {
        await using var workers = new Workers(manner);
        PageFaultException fault = await workers.LoseAsync(Cancel);
        Assert.Equal(code, fault.Code.Value);
        Assert.DoesNotContain("words of a page", fault.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, workers.Pool.Started);
        Assert.Equal(kept, workers.Pool.IdleProcesses.Length);
    }

    [Fact]
    public async Task A_page_that_loses_one_worker_is_read_by_the_next()
    {
        using var told = MemoryFile.Create(1);
        await using var workers = new Workers("exit", options => options.Settings[BadWorker.Once] = told.Path);
        Assert.Equal("well", await workers.ReadWordsAsync(Workers.Black, Cancel));
        Assert.Equal(2, workers.Pool.Started);
    }

    [Fact]
    public async Task A_cancelled_page_ends_its_worker_and_is_no_fault()
    {
        await using var workers = new Workers("compute");
        await workers.Pool.IntroduceAsync(Cancel);
        int process = workers.Pool.IdleProcesses.Single();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => workers.ReadAsync(Workers.Black, stop.Token));
        Assert.False(Directory.Exists($"/proc/{process}"));
        Assert.Equal(1, workers.Pool.Started);
    }

    [Fact]
    public async Task A_row_of_hostile_pages_leaves_the_host_alive_and_good_pages_between_them_are_read()
    {
        int pages = Environment.GetEnvironmentVariable("MEDREDACT_SOAK") is "1" ? 100 : 6;
        await using var workers = new Workers("abort", options => options.MaxProcesses = 1);
        for (int page = 0; page < pages; page++)
        {
            Assert.Equal("MR-ISO-003", (await workers.LoseAsync(Cancel)).Code.Value);
            Assert.Equal("well", await workers.ReadWordsAsync(Workers.White, Cancel));
        }

        Assert.Single(workers.Pool.IdleProcesses);
    }
}
