namespace MedRedact.Synthesis;

internal static class MedicalCases
{
    public static readonly ClinicalCase HeartFailure = new()
    {
        MinimumAge = 45,
        Main = new("I50.23", "Acute on chronic systolic heart failure"),
        Others = [new("I10", "Essential hypertension"), new("E11.9", "Type 2 diabetes mellitus without complications"), new("N18.3", "Chronic kidney disease, stage 3")],
        Complaint = "Shortness of breath and leg swelling",
        Service = "Cardiology",
        Story = s => $"{s.Title} {s.Last} is a {s.AgeOld} {s.Sex}, a {s.Profession}, with ischemic cardiomyopathy (EF 30%), who presented on {s.On(s.Admitted)} with one week of worsening dyspnea, three-pillow orthopnea and a 12 lb weight gain. {s.His.Cap()} {s.Patient.Relation}, {s.KinGiven}, reports that {s.HeLower} ran out of furosemide around {Scene.OnShort(s.Admitted.AddDays(-12))} while visiting family in {s.City}. No chest pain. Last echocardiogram was performed at {s.Facility.NameFact} in {Scene.In(s.Admitted.AddDays(-400))}.",
        Course = s => $"The patient was diuresed with IV furosemide with a net negative balance of 6.4 L. Dr. {s.Consultant.Last} of cardiology was consulted on {s.OnWritten(s.Admitted.AddDays(1))} and recommended sacubitril-valsartan. A Foley catheter was placed on admission and removed on {Scene.OnShort(s.Admitted.AddDays(2))}. Creatinine peaked at 1.9 and returned to 1.4. {s.Title} {s.Last} was weaned to room air and walked 200 feet without desaturation.",
        History = ["Ischemic cardiomyopathy, EF 30%", "Hypertension", "Type 2 diabetes mellitus", "Chronic kidney disease, stage 3", "Baker cyst, left knee", "Coronary bypass surgery"],
        Family = s => $"Father died of myocardial infarction at age {Scene.KinAge(61)}. Mother, {s.SomeWoman()}, had Alzheimer disease. Brother {s.SomeMan()} lives in {s.City} and has Crohn disease.",
        Medications = [new("furosemide", "40 mg", "PO", "BID"), new("metoprolol succinate", "50 mg", "PO", "daily"), new("sacubitril-valsartan", "24-26 mg", "PO", "BID"), new("spironolactone", "25 mg", "PO", "daily"), new("atorvastatin", "80 mg", "PO", "nightly"), new("metformin", "500 mg", "PO", "BID")],
        Exam = ["General: Mild respiratory distress, speaking in full sentences.", "Neck: JVP 12 cm; no carotid bruits; positive Kussmaul sign.", "Heart: Regular rate, S3 gallop, 2/6 systolic murmur at the apex.", "Lungs: Bibasilar crackles to the mid zones.", "Extremities: 3+ pitting edema to the knees; Homans sign negative."],
        Plan = s => [$"Continue furosemide; daily weights, 2 g sodium diet.", $"Follow up with Dr. {s.PrimaryCare.Last} within 7 days, call {s.Facility.PhoneFact}.", $"Repeat basic metabolic panel on {s.On(s.Discharged.AddDays(7))}.", $"Cardiac rehabilitation referral sent to {s.Facility.NameFact}."],
        Imaging = new("XR CHEST 2 VIEWS", "XR", "Frontal and lateral views of the chest.", ["The heart is enlarged with a cardiothoracic ratio of 0.61.", "There is cephalization of the pulmonary vasculature with Kerley B lines at both bases.", "Small bilateral pleural effusions are present, right greater than left.", "No pneumothorax. Median sternotomy wires are intact."], ["Cardiomegaly with interstitial pulmonary edema.", "Small bilateral pleural effusions."]),
    };

    public static readonly ClinicalCase Pneumonia = new()
    {
        MinimumAge = 45,
        Main = new("J18.9", "Pneumonia, unspecified organism"),
        Others = [new("J44.1", "COPD with acute exacerbation"), new("F17.210", "Nicotine dependence, cigarettes")],
        Complaint = "Fever and productive cough",
        Service = "Internal Medicine",
        Story = s => $"{s.Name} is a {s.AgeOld} {s.Sex} with COPD who was brought in by {s.His} {s.Patient.Relation} on {s.OnWritten(s.Admitted)} with four days of fever to 102.4 F, rigors and cough productive of rusty sputum. {s.He} works as a {s.Profession} at {s.Employer}, where several coworkers have been ill. Oxygen saturation at home was 86% on room air. {s.He} was treated for bronchitis with azithromycin at an urgent care in {s.City} on {s.On(s.Admitted.AddDays(-5))} without relief. Influenza vaccine was given in {Scene.In(s.Admitted.AddDays(-120))}.",
        Course = s => $"Ceftriaxone and azithromycin were started in the emergency department. Blood cultures drawn {s.At(s.Admitted)} grew Streptococcus pneumoniae in one of two bottles. Oxygen was weaned from 4 L to room air by hospital day 3. Prednisone 40 mg was given for five days. Smoking cessation was discussed with {s.Given} and {s.His} {s.Patient.Relation} ({s.KinName}, {s.KinPhone}).",
        History = ["COPD, GOLD stage 2", "Tobacco use, 40 pack-years", "Raynaud phenomenon", "Barrett esophagus", "Appendectomy in childhood"],
        Family = s => $"Mother died of lung cancer at age {Scene.KinAge(70)}. Sister {s.SomeWoman()} has asthma. Two sons, {s.SomeMan()} and {s.SomeMan()}, are healthy. No history of Marfan syndrome.",
        Medications = [new("azithromycin", "250 mg", "PO", "daily"), new("prednisone", "40 mg", "PO", "daily"), new("tiotropium", "18 mcg", "INH", "daily"), new("albuterol", "90 mcg", "INH", "q4h PRN"), new("cefdinir", "300 mg", "PO", "BID"), new("omeprazole", "20 mg", "PO", "daily")],
        Exam = ["General: Ill appearing, febrile, using accessory muscles.", "Lungs: Bronchial breath sounds and egophony at the right base; diffuse wheezes.", "Heart: Tachycardic, no murmurs.", "Abdomen: Soft, Murphy sign negative.", "Neurologic: Glasgow coma scale 15; Babinski absent."],
        Plan = s => [$"Complete cefdinir through {s.On(s.Discharged.AddDays(5))}.", $"Chest film in six weeks to document clearing.", $"Pulmonary clinic with Dr. {s.Consultant.Last} on {s.OnWritten(s.Discharged.AddDays(21))}.", $"Call {s.HomePhone} with final culture results."],
        Imaging = new("CT CHEST WITH CONTRAST", "CT", "Helical acquisition after 75 mL of iohexol 350. Axial, coronal and sagittal reformats.", ["Dense consolidation of the right lower lobe with air bronchograms.", "Centrilobular emphysema, upper lobe predominant.", "Mildly enlarged subcarinal lymph node, 12 mm.", "No filling defect in the main, lobar or segmental pulmonary arteries."], ["Right lower lobe pneumonia.", "Emphysema.", "No pulmonary embolism."]),
    };

    public static readonly ClinicalCase Stroke = new()
    {
        MinimumAge = 58,
        Main = new("I63.9", "Cerebral infarction, unspecified"),
        Others = [new("I48.91", "Unspecified atrial fibrillation"), new("G20", "Parkinson disease"), new("E78.5", "Hyperlipidemia, unspecified")],
        Complaint = "Slurred speech and left arm weakness",
        Service = "Neurology",
        Story = s => $"{s.Title} {s.Given} {s.Last} is a {s.AgeOld} right-handed {s.Sex} with Parkinson disease and atrial fibrillation, last known well at {s.At(s.Admitted)}. {s.His.Cap()} {s.Patient.Relation} {s.KinName} found {(s.Patient.IsFemale ? "her" : "him")} at the home on {s.Street} with a left facial droop and called EMS. NIH stroke scale on arrival was 7. Warfarin had been held since {Scene.OnShort(s.Admitted.AddDays(-6))} for a dental extraction by Dr. {s.PrimaryCare.Last}. {s.He} denies headache. Retired {Scene.Year(s.Admitted.Year - 12)} as a {s.Profession}.",
        Course = s => $"CT showed no hemorrhage; the patient was outside the window for thrombolysis. MRI on {s.On(s.Admitted.AddDays(1))} confirmed an acute right MCA territory infarct. Apixaban was started on {s.OnWritten(s.Admitted.AddDays(3))} in agreement with Dr. {s.Consultant.Full}. Speech therapy advanced {s.Title} {s.Last} to a mechanical soft diet. Carbidopa-levodopa was continued unchanged.",
        History = ["Parkinson disease", "Atrial fibrillation", "Hyperlipidemia", "Bell palsy, resolved", "Dupuytren contracture", "Cataract surgery, both eyes"],
        Family = s => $"Father had a stroke at age {Scene.KinAge(77)}. Mother died at age {Scene.KinAge(94)} in {s.City}. Daughter {s.SomeWoman()} has Hashimoto thyroiditis. No Huntington disease.",
        Medications = [new("apixaban", "5 mg", "PO", "BID"), new("carbidopa-levodopa", "25-100 mg", "PO", "TID"), new("rosuvastatin", "20 mg", "PO", "daily"), new("metoprolol tartrate", "25 mg", "PO", "BID"), new("docusate", "100 mg", "PO", "BID PRN")],
        Exam = ["General: Alert, no distress.", "Neurologic: Left facial droop, left pronator drift 4/5, dysarthria without aphasia.", "Gait: Shuffling, Romberg positive.", "Heart: Irregularly irregular.", "Skin: No rash."],
        Plan = s => [$"Transfer to acute rehabilitation on {s.On(s.Discharged)}.", $"Neurology clinic with Dr. {s.Consultant.Last}, phone {s.Facility.PhoneFact}.", $"{s.KinName} ({s.Patient.Relation}) holds the medical power of attorney, {s.KinPhone}.", $"No driving until cleared."],
        Imaging = new("MRI BRAIN WITHOUT CONTRAST", "MR", "Multiplanar multisequence imaging on a 1.5 T magnet.", ["Restricted diffusion in the right frontal operculum and insula, 3.2 x 1.8 cm.", "No hemorrhagic transformation. Circle of Willis flow voids are preserved.", "Chronic small vessel ischemic change of the periventricular white matter.", "No mass effect or midline shift."], ["Acute infarct in the right middle cerebral artery territory.", "Chronic small vessel disease."]),
    };
}
