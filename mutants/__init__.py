"""Whether the tests would notice a defect: one small defect after the other is put in, and the tests are run."""
