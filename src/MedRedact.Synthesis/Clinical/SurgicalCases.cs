namespace MedRedact.Synthesis;

internal static class SurgicalCases
{
    public static readonly ClinicalCase HipFracture = new()
    {
        MinimumAge = 62,
        Main = new("S72.002A", "Fracture of neck of left femur, initial encounter"),
        Others = [new("M81.0", "Age-related osteoporosis"), new("I10", "Essential hypertension")],
        Complaint = "Left hip pain after a fall",
        Service = "Orthopedic Surgery",
        Story = s => $"{s.Title} {s.Last} is a {s.AgeOld} {s.Sex} who slipped on ice outside the {s.City} public library on {s.On(s.Admitted)} and could not bear weight. No loss of consciousness. {s.He} lives alone at {s.Street}, {s.City}; {s.His} {s.Patient.Relation} {s.KinGiven} checks in daily. A DEXA scan in {Scene.In(s.Admitted.AddDays(-700))} showed a T score of -2.9. {s.He} arrived by {new Fact("Valley Ambulance", FactKind.Facility)}, unit 14.",
        Course = s => $"Left hemiarthroplasty was performed on {s.OnWritten(s.Admitted.AddDays(1))} by Dr. {s.Attending.Full}. Recovery was uneventful; hemoglobin nadir 8.9. Physical therapy began on postoperative day 1 and {s.Title} {s.Last} walked 60 feet with a walker by {Scene.OnShort(s.Admitted.AddDays(4))}. Delirium on the first night cleared with reorientation by {s.His} {s.Patient.Relation}.",
        History = ["Osteoporosis", "Hypertension", "Colles fracture, right wrist", "Sjogren syndrome", "No prior hip surgery"],
        Family = s => $"Mother fractured a hip at age {Scene.KinAge(81)}. Sister {s.SomeWoman()} in {s.City} has Paget disease of bone. Father's history is unknown.",
        Medications = [new("enoxaparin", "40 mg", "SC", "daily"), new("oxycodone", "5 mg", "PO", "q6h PRN"), new("acetaminophen", "1000 mg", "PO", "TID"), new("alendronate", "70 mg", "PO", "weekly"), new("calcium carbonate", "1250 mg", "PO", "BID"), new("amlodipine", "5 mg", "PO", "daily")],
        Exam = ["General: Comfortable after nerve block.", "Left leg: Shortened and externally rotated; Trendelenburg not tested.", "Neurovascular: Dorsalis pedis pulse 2+, sensation intact.", "Heart: Regular.", "Lungs: Clear."],
        Plan = s => [$"Weight bearing as tolerated with walker.", $"Enoxaparin until {s.On(s.Discharged.AddDays(28))}.", $"Wound check with Dr. {s.Attending.Last} on {s.OnWritten(s.Discharged.AddDays(14))}.", $"Discharge to {new Fact("Pinecrest Nursing Home", FactKind.Facility)}, fax {s.Facility.FaxFact}."],
        Imaging = new("XR LEFT HIP 2 VIEWS", "XR", "AP pelvis and cross-table lateral views of the left hip.", ["Displaced subcapital fracture of the left femoral neck, Garden stage IV.", "Diffuse osteopenia; Singh index 3.", "No acetabular or pubic ramus fracture.", "Degenerative change of both hips."], ["Displaced left femoral neck fracture."]),
        Operation = new("Left hip bipolar hemiarthroplasty", "Spinal", "250 mL", s => $"The patient was identified as {s.Name}, date of birth {s.Born}, and the left hip was marked. In lateral decubitus a Hardinge approach was made. The femoral head was removed with a corkscrew and measured 46 mm. The canal was broached to size 4 and a cemented stem was seated in 15 degrees of anteversion. The hip was stable through full range. A Hemovac drain was placed. The wound was closed in layers. Sponge and needle counts were correct twice. Dr. {s.Consultant.Last} gave the anesthetic.", "Bipolar femoral head 46 mm"),
    };

    public static readonly ClinicalCase Appendicitis = new()
    {
        Main = new("K35.80", "Unspecified acute appendicitis"),
        Others = [new("E66.9", "Obesity, unspecified")],
        Complaint = "Right lower quadrant abdominal pain",
        Service = "General Surgery",
        Story = s => $"{s.Name} is a {s.AgeOld} {s.Sex} {s.Profession} who developed periumbilical pain on {s.OnWritten(s.Admitted.AddDays(-1))} that moved to the right lower quadrant. {s.He} vomited twice on the way from {s.Employer} in {s.City}. No prior surgery. {s.He} was seen first by {s.PrimaryCare.Full}, {s.PrimaryCare.Credential}, who sent {(s.Patient.IsFemale ? "her" : "him")} to {s.Facility.NameFact}.",
        Course = s => $"Laparoscopic appendectomy was performed by Dr. {s.Attending.Last} on {s.On(s.Admitted)} without complication. Diet was advanced the next morning. Pain was controlled with ibuprofen. {s.His.Cap()} {s.Patient.Relation} {s.KinName} drove {(s.Patient.IsFemale ? "her" : "him")} home on {Scene.OnShort(s.Discharged)}.",
        History = ["Obesity, BMI 32", "Seasonal allergies", "Osgood-Schlatter disease as a teenager"],
        Family = s => $"Father has type 2 diabetes. Aunt {s.SomeWoman()} had Hodgkin lymphoma. Grandmother is {Scene.KinAge(91)} and well in {s.City}.",
        Medications = [new("ibuprofen", "600 mg", "PO", "q6h PRN"), new("acetaminophen", "650 mg", "PO", "q6h PRN"), new("amoxicillin-clavulanate", "875 mg", "PO", "BID"), new("loratadine", "10 mg", "PO", "daily")],
        Exam = ["General: Lying still, uncomfortable.", "Abdomen: Tender at the McBurney point with guarding; Rovsing sign positive.", "Heart: Tachycardic, regular.", "Lungs: Clear.", "Extremities: No edema."],
        Plan = s => [$"Clear liquids, advance as tolerated.", $"Ice and ibuprofen for pain; no lifting over 15 lb until {s.On(s.Discharged.AddDays(28))}.", $"Surgery clinic on {s.OnWritten(s.Discharged.AddDays(12))}, {s.Facility.PhoneFact}.", $"Work note faxed to {s.Employer} at {s.Facility.FaxFact}."],
        Imaging = new("CT ABDOMEN AND PELVIS WITH CONTRAST", "CT", "Axial images after 100 mL of iopamidol in the portal venous phase.", ["The appendix is dilated to 11 mm with wall thickening and periappendiceal stranding.", "An appendicolith of 5 mm is seen at the base.", "No abscess or free air.", "Liver, gallbladder, pancreas and kidneys are normal."], ["Acute uncomplicated appendicitis."]),
        Operation = new("Laparoscopic appendectomy", "General endotracheal", "10 mL", s => $"After the time-out confirmed {s.Name}, MRN {s.Mrn}, a Veress needle was used at Palmer point to insufflate to 15 mmHg. A 12 mm Hasson trocar and two 5 mm trocars were placed. The appendix was inflamed and not perforated. The mesoappendix was divided with an energy device and the base with a 45 mm stapler. The specimen was removed in an Endo Catch bag. Hemostasis was good. Dr. {s.Consultant.Last} assisted. {s.Given} tolerated the procedure well."),
        Specimen = new("Appendix", "Received in formalin is a vermiform appendix, 7.2 cm long and up to 1.1 cm in diameter, with a dull serosa and fibrinopurulent exudate. The lumen holds a 0.5 cm fecalith. Representative sections in cassettes A1 to A3.", "Sections show transmural infiltration by neutrophils with mucosal ulceration. The margin is viable. No neoplasm is seen.", ["Appendix, appendectomy:", "Acute suppurative appendicitis.", "Negative for malignancy."]),
    };

    public static readonly ClinicalCase BreastCancer = new()
    {
        MinimumAge = 36,
        Main = new("C50.412", "Malignant neoplasm of upper-outer quadrant of left female breast"),
        Others = [new("Z80.3", "Family history of malignant neoplasm of breast"), new("E03.9", "Hypothyroidism, unspecified")],
        OnlyWomen = true,
        Complaint = "Left breast mass",
        Service = "Surgical Oncology",
        Story = s => $"{s.Title} {s.Last} is a {s.AgeOld} patient referred by Dr. {s.PrimaryCare.Last} for a left breast mass found on self examination in {Scene.In(s.Admitted.AddDays(-60))}. Core biopsy on {s.On(s.Admitted.AddDays(-21))} showed invasive ductal carcinoma, ER positive, PR positive, HER2 negative. {s.His.Cap()} {s.Patient.Relation}, {s.KinName}, attended the visit. Genetic testing was sent {s.On(s.Admitted.AddDays(-14))}; the result letter goes to {s.Email}.",
        Course = s => $"Lumpectomy with sentinel node biopsy was performed on {s.OnWritten(s.Admitted)}. Two sentinel nodes were negative. The Jackson-Pratt drain was removed before discharge. Tumor board on {s.On(s.Admitted.AddDays(6))}, led by Dr. {s.Consultant.Full}, recommended radiation and an aromatase inhibitor. {s.Given} and {s.KinGiven} agreed.",
        History = ["Hypothyroidism (Hashimoto thyroiditis)", "Migraine", "Two uncomplicated pregnancies", "Mohs surgery for basal cell carcinoma"],
        Family = s => $"Mother, {s.SomeWoman()}, had breast cancer at age {Scene.KinAge(52)}. Maternal aunt {s.SomeWoman()} of {s.City} had ovarian cancer. No Lynch syndrome.",
        Medications = [new("letrozole", "2.5 mg", "PO", "daily"), new("levothyroxine", "88 mcg", "PO", "daily"), new("acetaminophen", "500 mg", "PO", "q6h PRN"), new("ondansetron", "4 mg", "PO", "q8h PRN"), new("cholecalciferol", "2000 units", "PO", "daily")],
        Exam = ["General: Well appearing.", "Breasts: 2 cm firm mobile mass at 2 o'clock, left; no skin change; Montgomery glands normal.", "Nodes: No axillary or supraclavicular adenopathy; no Virchow node.", "Heart: Regular.", "Lungs: Clear."],
        Plan = s => [$"Radiation oncology at {s.Facility.NameFact} on {s.On(s.Discharged.AddDays(20))}.", $"Start letrozole after radiation.", $"Genetics will call {s.MobilePhone}.", $"Annual mammogram; patient portal {s.Facility.Web}."],
        Imaging = new("DIAGNOSTIC MAMMOGRAM LEFT WITH TOMOSYNTHESIS", "MG", "CC, MLO and spot compression views of the left breast.", ["Irregular 1.9 cm mass with spiculated margins in the upper outer quadrant.", "Heterogeneously dense tissue; Cooper ligaments are thickened over the mass.", "No suspicious calcifications.", "No axillary adenopathy."], ["BI-RADS 5: highly suggestive of malignancy.", "Biopsy is recommended."]),
        Operation = new("Left breast lumpectomy with sentinel lymph node biopsy", "General with LMA", "25 mL", s => $"{s.Name} was positioned supine. Isosulfan blue was injected in the Sappey plexus. Through an axillary incision two hot blue nodes were removed. A radial incision over the mass was carried to the fascia and the specimen was oriented with sutures. Specimen radiograph showed the clip. A Jackson-Pratt drain was left. Frozen section was called in at {s.Clock()} by Dr. {s.Consultant.Last}."),
        Specimen = new("Left breast, lumpectomy; sentinel lymph nodes", "Received fresh is an oriented lumpectomy, 6.1 x 4.8 x 3.0 cm. A firm tan mass of 1.9 cm lies 0.6 cm from the deep margin. Two lymph nodes of 1.1 and 0.8 cm are submitted in B1 and B2.", "Invasive ductal carcinoma, Nottingham grade 2, with Ki-67 of 18%. No lymphovascular invasion. Two nodes without metastasis (0/2).", ["Left breast, lumpectomy:", "Invasive ductal carcinoma, 1.9 cm, margins negative.", "pT1c pN0(sn), AJCC 8th edition."]),
    };

    public static readonly ClinicalCase Gallbladder = new()
    {
        MinimumAge = 26,
        Main = new("K80.00", "Calculus of gallbladder with acute cholecystitis without obstruction"),
        Others = [new("K21.9", "Gastro-esophageal reflux disease without esophagitis"), new("E11.65", "Type 2 diabetes mellitus with hyperglycemia")],
        Complaint = "Right upper quadrant pain after meals",
        Service = "General Surgery",
        Story = s => $"{s.Title} {s.Given} {s.Last} is a {s.AgeOld} {s.Sex} with diabetes and two days of right upper quadrant pain after a wedding in {s.City} on {s.OnWritten(s.Admitted.AddDays(-2))}. Similar attacks were noted in {Scene.In(s.Admitted.AddDays(-200))}. {s.He} drives a truck for {s.Employer} (plate {new Fact(Identifiers.Plate(s.Random), FactKind.Vehicle)}, left in lot C). Temperature was 101.1 F in triage.",
        Course = s => $"Laparoscopic cholecystectomy was performed on {s.On(s.Admitted.AddDays(1))}. A Blake drain was removed the next day. Glucose was controlled with basal insulin; A1c 9.1%. The insulin pump, serial {new Fact("P" + s.Random.Digits(8), FactKind.Device)}, was restarted with {s.KinGiven} at the bedside.",
        History = ["Gallstones", "Type 2 diabetes on pump", "GERD", "Gilbert syndrome", "Charcot foot, right"],
        Family = s => $"Mother had gallstones. Father died of Wilson disease at age {Scene.KinAge(58)}. Cousin {s.SomeMan()} was treated at {s.Facility.NameFact}.",
        Medications = [new("insulin glargine", "22 units", "SC", "nightly"), new("pantoprazole", "40 mg", "PO", "daily"), new("oxycodone", "5 mg", "PO", "q6h PRN"), new("metformin", "1000 mg", "PO", "BID"), new("lisinopril", "20 mg", "PO", "daily")],
        Exam = ["General: Febrile, nontoxic.", "Abdomen: Right upper quadrant tenderness, Murphy sign positive; no Courvoisier sign.", "Skin: Anicteric.", "Heart: Regular.", "Feet: Charcot deformity on the right, no ulcer."],
        Plan = s => [$"Low fat diet; resume pump settings.", $"Surgery clinic with Dr. {s.Attending.Last} on {s.On(s.Discharged.AddDays(14))}.", $"Diabetes educator {s.Nurse.Full}, RN, extension {new Fact("4417", FactKind.Phone)}, will call {s.HomePhone}.", $"Return for fever, jaundice or worsening pain."],
        Imaging = new("US ABDOMEN LIMITED", "US", "Grayscale and color Doppler images of the right upper quadrant.", ["Gallbladder distended with multiple shadowing stones up to 1.4 cm.", "Wall thickness 5 mm with pericholecystic fluid; sonographic Murphy sign positive.", "Common bile duct 4 mm. Hartmann pouch stone is impacted.", "Liver echogenicity is mildly increased."], ["Acute calculous cholecystitis."]),
        Operation = new("Laparoscopic cholecystectomy", "General endotracheal", "30 mL", s => $"The time-out confirmed {s.Name} and the planned procedure. Four trocars were placed. The fundus was retracted and the triangle of Calot was cleared to the critical view. The cystic duct and artery were clipped and divided. The gallbladder was removed from its bed with cautery. A Blake drain was left in the Morison pouch. Counts were correct. The family, {s.KinName}, was updated by telephone at {s.KinPhone}."),
        Specimen = new("Gallbladder", "Received in formalin is a gallbladder, 8.9 x 3.5 cm, wall 0.5 cm, holding eleven yellow faceted stones of up to 1.4 cm. Sections of neck, body and fundus in A1.", "The wall is edematous with neutrophils and Rokitansky-Aschoff sinuses. No dysplasia.", ["Gallbladder, cholecystectomy:", "Acute and chronic cholecystitis with cholelithiasis."]),
    };
}
