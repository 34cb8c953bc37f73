/** The call cannot be carried out as it was made: exit code 2, and one sentence that says why. */
export class WrongCall extends Error {
  override name = "WrongCall";
}
