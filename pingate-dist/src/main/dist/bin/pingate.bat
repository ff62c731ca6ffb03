@echo off
rem Starts pingate with the Java that lies beside it. What Java is told stands in lib\jvm.options; PINGATE_JAVA_OPTIONS adds to it.
setlocal
set "PINGATE_HOME=%~dp0.."
set "PINGATE_ARCHIVE="
if exist "%PINGATE_HOME%\lib\pingate.aot" set PINGATE_ARCHIVE="-XX:AOTCache=%PINGATE_HOME%\lib\pingate.aot" -Dio.pingate.archive=true
"%PINGATE_HOME%\runtime\bin\java.exe" "@%PINGATE_HOME%\lib\jvm.options" %PINGATE_ARCHIVE% %PINGATE_JAVA_OPTIONS% -cp "%PINGATE_HOME%\lib\pingate.jar" io.pingate.standalone.Main %*
exit /b %ERRORLEVEL%
