// Reads reports with violations-lib, which build servers use, and prints what it understood: FORMAT FILE …
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import se.bjurr.violations.lib.ViolationsLogger;
import se.bjurr.violations.lib.model.Violation;
import se.bjurr.violations.lib.reports.Parser;

public class Read {
  public static void main(String[] args) throws Exception {
    ViolationsLogger silent = new ViolationsLogger() {
      public void log(Level level, String message) {}
      public void log(Level level, String message, Throwable fault) {}
    };
    for (int i = 0; i + 1 < args.length; i += 2) {
      String report = Files.readString(Path.of(args[i + 1]));
      for (Violation v : Parser.valueOf(args[i]).getViolationsParser().parseReportOutput(report, silent)) {
        String rule = v.getRule().replace("claimlint.", "");
        System.out.printf("violations-%s\t%s\t%d\t%s%n", args[i], v.getFile(), v.getStartLine(), rule);
      }
    }
  }
}
